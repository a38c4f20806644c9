import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** A worker as an operator starts it, who lets everybody read his files. */

const folder = mkdtempSync(join(tmpdir(), 'usher-worker-'))
const DATA_DIR = join(folder, 'deep', 'data')
const settings = {
  DATA_DIR,
  DATABASE_URL: '',
  AUTH_SECRET: 'planted-secret-that-seals-and-signs',
  SMTP_URL: 'smtp://usher:planted-password@127.0.0.1:1',
  LOG_LEVEL: 'trace',
}

let output = ''
const modes: Record<string, string> = {}

beforeAll(async () => {
  const args = ['-c', 'umask 0; exec "$0" scripts/worker.mjs', process.execPath]
  const worker = spawn('sh', args, { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => worker.on('close', resolve))
  await new Promise<void>((resolve) => {
    const hear = (part: Buffer) => {
      output += part
      if (output.includes('the worker runs')) resolve()
    }
    worker.stdout.on('data', hear)
    worker.stderr.on('data', hear)
    void ended.then(() => resolve())
  })
  for (const path of ['.', ...readdirSync(DATA_DIR, { recursive: true, encoding: 'utf8' })])
    modes[path] = (statSync(join(DATA_DIR, path)).mode & 0o777).toString(8)
  worker.kill()
  await ended
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('C08 says nothing of the secrets that it was started with, however much it logs', () => {
  expect(output).toContain('the worker runs')
  expect(output).not.toContain('planted')
})

it('X05 keeps the database, and what SQLite writes beside it, for its owner alone', () => {
  expect(modes).toEqual({ '.': '700', 'usher.db': '600', 'usher.db-wal': '600', 'usher.db-shm': '600' })
  expect((statSync(join(folder, 'deep')).mode & 0o777).toString(8)).toBe('700')
})
