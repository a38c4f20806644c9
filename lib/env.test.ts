import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { prepareDataFolder, readEnv, SettingsError } from './env'

const folder = mkdtempSync(join(tmpdir(), 'usher-env-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A setting, and a value that it cannot have. */
const wrong = [
  ['PORT', 'http'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '3e3'],
  ['DATABASE_URL', 'mysql://localhost/usher'],
  ['DATABASE_URL', 'file:'],
  ['DATABASE_URL', 'postgres://['],
  ['PUBLIC_URL', 'usher.example.com'],
  ['PUBLIC_URL', 'https://example.com/usher'],
  ['PUBLIC_URL', 'https://ann:secret@example.com'],
  ['SMTP_URL', 'mail.example.com'],
  ['MAIL_FROM', 'Usher'],
  ['MAIL_FROM', 'a@example.com, b@example.com'],
  ['MAIL_FROM', 'Usher <a@example.com'],
  ['MAIL_FROM', 'Usher <a@example.com>\nBcc: b@example.com'],
  ['USHER_WORKER', 'no'],
  ['AUTH_SECRET', 'short'],
  ['TRUSTED_PROXIES', '-1'],
  ['SESSION_IDLE_MINUTES', '0'],
  ['SESSION_HOURS', '1.5'],
  ['SESSION_PROOF_MINUTES', '0'],
  ['SIGN_IN_FAILURES_PER_ADDRESS', 'many'],
  ['RESETS_PER_ADDRESS', '0'],
  ['CALLS_PER_ACCOUNT', 'few'],
  ['CALLS_PER_ADDRESS', '1e3'],
  ['CONNECTIONS', '0'],
  ['CONNECTIONS_PER_ADDRESS', '-1'],
  ['UPLOAD_LIMIT_MB', '0'],
  ['LEGACY_PASSWORDS', 'maybe'],
  ['LOG_LEVEL', 'loud'],
] as const

describe('settings', () => {
  it('has a default for everything', () => {
    expect(readEnv({})).toMatchObject({
      databaseUrl: 'file:./data/usher.db',
      dataDir: resolve('data'),
      port: 3000,
      publicUrl: 'http://localhost:3000',
      smtpUrl: undefined,
      mailFrom: { name: 'Usher', address: 'no-reply@localhost' },
      worker: true,
      trustedProxies: 0,
      sessionIdleMinutes: 30,
      sessionHours: 12,
      sessionProofMinutes: 15,
      signInFailuresPerAddress: 180,
      resetsPerAddress: 100,
      callsPerAccount: 0,
      callsPerAddress: 0,
      connections: 20_000,
      connectionsPerAddress: 2_000,
      legacyPasswords: true,
      logLevel: 'info',
    })
  })

  it('takes an empty value for unset', () => {
    expect(readEnv({ PORT: '', SMTP_URL: ' ', DATABASE_URL: '', AUTH_SECRET: '' })).toMatchObject({
      port: 3000,
      smtpUrl: undefined,
    })
  })

  it('follows the port and the data folder', () => {
    const settings = readEnv({ PORT: '8080', DATA_DIR: '/srv/usher' })
    expect(settings).toMatchObject({ publicUrl: 'http://localhost:8080', databaseUrl: 'file:/srv/usher/usher.db' })
  })

  it('R26 counts no connections by address behind proxies', () => {
    expect(readEnv({ CONNECTIONS_PER_ADDRESS: '7' }).connectionsPerAddress).toBe(7)
    expect(readEnv({ CONNECTIONS_PER_ADDRESS: '7', TRUSTED_PROXIES: '1' }).connectionsPerAddress).toBe(0)
  })

  it.each([
    ['no-reply@example.com', '', 'no-reply@example.com'],
    ['<no-reply@example.com>', '', 'no-reply@example.com'],
    ['Acme People <people@acme.example>', 'Acme People', 'people@acme.example'],
  ])('reads whom mails come from: %s', (text, name, address) => {
    expect(readEnv({ MAIL_FROM: text }).mailFrom).toEqual({ name, address })
  })

  it('lets mails come from the host that people type', () => {
    const from = (url: string) => readEnv({ PUBLIC_URL: url }).mailFrom.address
    expect(from('https://usher.example.com:8443')).toBe('no-reply@usher.example.com')
    expect(from('http://10.0.0.5:3000')).toBe('no-reply@[10.0.0.5]')
  })

  it('keeps only the origin of PUBLIC_URL', () => {
    expect(readEnv({ PUBLIC_URL: 'https://Usher.example.com/' }).publicUrl).toBe('https://usher.example.com')
  })

  it.each(wrong)('R37 refuses %s=%s in one sentence that names it', (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(SettingsError)
    expect(() => readEnv({ [name]: value })).toThrow(new RegExp(`^${name} must [^\\n]+\\.$`))
  })

  it('R37 has a wrong value above for every setting, but for the folder and the address that only their use can refuse', () => {
    const settings = [...readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name)
    const refusedInUse = ['DATA_DIR', 'LISTEN_ADDRESS']
    expect([...new Set(wrong.map(([name]) => name)), ...refusedInUse].sort()).toEqual(settings.sort())
  })

  it('O05 does not repeat a wrong value, which may be a secret', () => {
    expect(() => readEnv({ AUTH_SECRET: 'hunter2' })).not.toThrow(/hunter2/)
  })

  it('R37 names every wrong setting', () => {
    expect(() => readEnv({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/^PORT .*\nLOG_LEVEL .*$/)
  })
})

describe('the data folder', () => {
  it.each(['/proc/usher/data', '/dev/null/data', join(folder, 'file', 'data')])('R37 cannot be %s', (path) => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => prepareDataFolder(path)).toThrow(SettingsError)
    expect(() => readEnv({ DATA_DIR: path }).authSecret).toThrow(/^The data folder .+\.$/)
  })

  it('is left as it was', () => {
    prepareDataFolder(join(folder, 'empty'))
    prepareDataFolder(join(folder, 'empty'))
    expect(readdirSync(join(folder, 'empty'))).toEqual([])
  })
})

describe('the secret', () => {
  it('comes from the environment', () => {
    expect(readEnv({ AUTH_SECRET: 'a'.repeat(32), DATA_DIR: '/nowhere' }).authSecret).toBe('a'.repeat(32))
  })

  it('C08 X05 is made once in the data folder, for its owner only', () => {
    const DATA_DIR = join(folder, 'deep', 'data')
    const made = readEnv({ DATA_DIR }).authSecret
    expect(made).toMatch(/^[0-9a-f]{64}$/)
    expect(readEnv({ DATA_DIR }).authSecret).toBe(made)
    expect(statSync(join(DATA_DIR, 'auth-secret')).mode & 0o777).toBe(0o600)
    expect(statSync(DATA_DIR).mode & 0o777).toBe(0o700)
  })

  it('R37 is refused when its file is damaged', () => {
    writeFileSync(join(folder, 'auth-secret'), 'cut')
    expect(() => readEnv({ DATA_DIR: folder }).authSecret).toThrow(SettingsError)
  })
})
