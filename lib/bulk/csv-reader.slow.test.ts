import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { heldMemory } from '@/lib/memory-testing'
import { readRows } from './read-rows'

const folder = mkdtempSync(join(tmpdir(), 'usher-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('F03 R13 a file is read in flat memory with two hundred thousand rows', async () => {
  const path = join(folder, 'many.csv')
  const file = await open(path, 'w')
  await file.write('*userId,firstName,email\n')
  for (let part = 0; part < 200; part++) {
    await file.write(Array.from({ length: 1_000 }, (_, at) => `user${part * 1_000 + at},First,user@x.example\n`).join(''))
  }
  await file.close()
  const before = heldMemory()
  let [last, most] = [0, 0]
  for await (const row of readRows(path)) {
    last = row.line
    if (last % 20_000 === 0) most = Math.max(most, heldMemory() - before)
  }
  expect(last).toBe(200_000)
  expect(most).toBeLessThan(64 * 2 ** 20)
}, 60_000)
