import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { anyText, file } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { runAction } from '@/lib/action/run-action'
import { data, operatorContext, testAction } from '@/lib/testing'
import { coerceInput } from './api-v3/coerce'
import { printFile, withFiles } from './cli-files'

freshDatabase()

const folder = mkdtempSync(join(tmpdir(), 'usher-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const moved = join(folder, 'moved.csv')
const take = testAction({
  input: z.object({ fileData: file(), note: anyText(100).optional() }),
  output: anyText(1_000),
  async handle(_ctx, { fileData, note }) {
    await rename(fileData.path, moved)
    return `${fileData.name} ${fileData.size} ${note}`
  },
})

it('gives an action a copy of the file at the path, which it may move', async () => {
  const path = join(folder, 'people.csv')
  writeFileSync(path, '*action\n')
  const fields = { fileData: path, note: path }
  const result = await withFiles(take, fields, (files) =>
    runAction(take, operatorContext(), coerceInput(take.input, fields, { now: 0, files })),
  )
  expect(data(result)).toBe(`people.csv 8 ${path}`)
  expect(readFileSync(moved, 'utf8')).toBe('*action\n')
  expect(readFileSync(path, 'utf8')).toBe('*action\n')
})

it('says which path cannot be read', async () => {
  await expect(withFiles(take, { fileData: join(folder, 'none.csv') }, async () => null)).rejects.toThrow('none.csv')
})

it('writes an answer that is a file as it is, and leaves the way open', async () => {
  let written = ''
  const to = new Writable({
    write(part, _encoding, done) {
      written += part
      done()
    },
  })
  async function* open() {
    yield '\uFEFFid\r\n'
    yield Buffer.from('änn\r\n')
  }
  await printFile(new FileAnswer({ contentType: 'text/csv', name: 'a.csv', open }), to)
  expect([written, to.writableEnded]).toEqual(['\uFEFFid\r\nänn\r\n', false])
})
