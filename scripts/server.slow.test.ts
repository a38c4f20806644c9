import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'usher-server-'))
const taken = createServer()
let takenPort: string

beforeAll(async () => {
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  takenPort = String((taken.address() as AddressInfo).port)
})

afterAll(() => {
  taken.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the server, or another program of ours, with these settings and waits for its end. */
function start(settings: Record<string, string>, ...program: string[]) {
  const DATA_DIR = join(folder, 'data')
  const env = { PATH: process.env.PATH ?? '', LISTEN_ADDRESS: '127.0.0.1', PORT: '0', DATA_DIR, ...settings }
  // Not the type of our own environment: the framework's makes NODE_ENV a must.
  const server = spawn(process.execPath, program.length > 0 ? program : ['server.mjs'], {
    env: env as unknown as NodeJS.ProcessEnv,
  })
  return new Promise<{ status: number | null; output: string }>((resolve) => {
    let output = ''
    server.stdout.on('data', (chunk) => (output += chunk))
    server.stderr.on('data', (chunk) => (output += chunk))
    server.on('close', (status) => resolve({ status, output }))
  })
}

describe('a start that cannot work ends with one clear sentence and makes nothing', () => {
  it.each([
    ['a wrong setting', () => ({ PORT: 'http' }), /^PORT must be .+\.\n$/],
    [
      'a database of another kind',
      () => ({ PORT: takenPort, DATABASE_URL: 'mysql://localhost' }),
      /^DATABASE_URL must begin .+\.\n$/,
    ],
    ['a port in use', () => ({ PORT: takenPort }), /^Port \d+ is in use: .+\.\n$/],
    [
      'an address of another machine',
      () => ({ PORT: takenPort, LISTEN_ADDRESS: '192.0.2.1' }),
      /^Cannot listen on 192\.0\.2\.1.+\.\n$/,
    ],
  ])('R37 %s', async (_name, settings, sentence) => {
    const { status, output } = await start(settings())
    expect(output).toMatch(sentence)
    expect(status).toBe(1)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it.each([
    ['AUTH_SECRET', 'short'],
    ['AUTH_SECRET', 'x'.repeat(31)],
    ['PUBLIC_URL', 'usher.example.com'],
    ['SESSION_IDLE_MINUTES', '-1'],
    ['SESSION_HOURS', 'long'],
    ['TRUSTED_PROXIES', 'all'],
    ['SIGN_IN_FAILURES_PER_ADDRESS', '0'],
  ])('S14 C03 R37 %s=%s, which sign-in needs', async (name, value) => {
    const { status, output } = await start({ PORT: takenPort, [name]: value })
    expect(output).toMatch(new RegExp(`^${name} must .+\\.\n$`))
    expect(status).toBe(1)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it.each(['20.20.2', '22.21.0', '24.8.0'])('P08 Node %s, which is too old', async (node) => {
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${node}' } })`
    const { status, output } = await start(
      { PORT: takenPort },
      '--import',
      `data:text/javascript,${encodeURIComponent(older)}`,
      'server.mjs',
    )
    expect(output).toMatch(/^Usher needs Node 24\.9 or newer .+ `npm run up`.+\.\n$/)
    expect(status).toBe(1)
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it.each([
    ['the worker alone', ['scripts/worker.mjs']],
    ['the command line', ['scripts/usher.mjs', 'user.get', '--partnerId', '101', '--userId', 'ann']],
  ])(
    'R37 a wrong setting of %s',
    async (_name, program) => {
      const { status, output } = await start({ PORT: takenPort, SESSION_HOURS: 'long' }, ...program)
      expect(output).toMatch(/^SESSION_HOURS must be .+\.\n$/)
      expect(status).toBe(1)
      expect(existsSync(join(folder, 'data'))).toBe(false)
    },
    60_000,
  )

  it.each([
    ['DATABASE_URL', 'mysql://usher:planted@localhost/usher'],
    ['DATABASE_URL', 'postgres://usher:planted@[localhost/usher'],
    ['SMTP_URL', 'mail://usher:planted@mail.example.com'],
    ['PUBLIC_URL', 'https://usher:planted@usher.example.com'],
    ['AUTH_SECRET', 'planted'],
    ['MAIL_FROM', 'planted'],
  ])('C08 %s=%s, and does not repeat the value', async (name, value) => {
    const { status, output } = await start({ PORT: takenPort, [name]: value, LOG_LEVEL: 'trace' })
    expect(output).toMatch(new RegExp(`^${name} must .+\\.\n$`))
    expect(output).not.toContain('planted')
    expect(status).toBe(1)
  })

  it('R37 a data folder that cannot be written', async () => {
    const port = String(await freePort())
    const { status, output } = await start({ PORT: port, DATA_DIR: '/dev/null/data' })
    expect(output).toMatch(/^The data folder \/dev\/null\/data cannot be written .+\.\n$/)
    expect(status).toBe(1)
  })
})

async function freePort() {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
