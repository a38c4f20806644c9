import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports.

/** Makes a folder and those above it that are missing, for their owner only. By hand, as Node's recursive way does not end below /proc. */
export function makeFolder(folder: string) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
}
