import { readdir, readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { file, fileAnswer } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { findAction } from '@/lib/action/registry'
import { env } from '@/lib/env'
import { ksOf, newAccount, testAction } from '@/lib/testing'
import { respond } from './web'

freshDatabase()

const address = 'http://usher.test/api_v3/service'

it('answers web requests as it answers others', async () => {
  const ks = await ksOf(await newAccount())
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ ks, format: 1, user: { id: 'ann' } })
  const added = await respond(new Request(`${address}/user/action/add`, { method: 'POST', headers, body }))
  expect(await added.json()).toMatchObject({ id: 'ann', objectType: 'KalturaUser' })

  const get = `${address}/user/action/get/userId/ann?format=1&ks=${encodeURIComponent(ks)}`
  expect(await (await respond(new Request(get))).json()).toMatchObject({ id: 'ann' })
  const head = await respond(new Request(get, { method: 'HEAD' }))
  expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'application/json', ''])
  const preflight = await respond(new Request(get, { method: 'OPTIONS' }))
  expect([preflight.headers.get('access-control-allow-origin'), await preflight.text()]).toEqual(['*', ''])
})

it('F14 takes a file and answers one, and leaves nothing behind', async () => {
  const copy = testAction({
    input: z.object({ fileData: file() }),
    output: fileAnswer(),
    async handle(_ctx, { fileData }) {
      const content = await readFile(fileData.path)
      async function* open() {
        yield content
      }
      return new FileAnswer({ contentType: 'text/csv', name: fileData.name, open })
    },
  })
  const body = new FormData()
  body.append('fileData', new Blob(['content']), 'a.csv')
  const answer = await respond(new Request(`${address}/test/action/copy`, { method: 'POST', body }), (service, action) =>
    service === 'test' ? copy : findAction(service, action),
  )
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/csv', 'content'])
  expect(await readdir(join(env().dataDir, 'uploads', `${hostname()}.${process.pid}`))).toEqual([])
})
