import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { freePort } from '../scripts/free-port.mjs'
import { root } from '../scripts/root.mjs'
import { endOf, peakMemoryOf } from './process.mjs'

/** The raw handler in a process of its own, on a copy of the product's file. */
export async function startReference(productFile) {
  const file = `${productFile}.reference`
  const source = new Database(productFile, { readonly: true })
  await source.backup(file)
  source.close()

  const port = await freePort()
  const server = spawn(process.execPath, [join(root, 'bench/raw-server.mjs'), file, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    server.stdout.once('data', resolve)
    server.once('exit', (status) => reject(new Error(`The reference ended with ${status}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    peakMemory: () => peakMemoryOf(server.pid),
    stop: async () => {
      await endOf(server)
      rmSync(file, { force: true })
    },
  }
}
