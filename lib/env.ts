import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { makeFolder } from '../db/make-folder.ts'
import { databaseUrl } from '../db/url.ts'

// Plain `node` reads this file from server.mjs and the scripts: erasable TypeScript, relative imports, no `server-only`.

/** A setting is wrong, or what it names cannot be used. The message is one sentence a line, each with what to do. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

/** One address, alone or in brackets behind a name; nothing that could end a header or begin a second address. */
const sender =
  /^(?=[^<>]*$|[^<>]*<[^<>]*>$)(?:(?<name>[^<>@,;:"\p{Cc}]{1,100}) )?<?(?<address>[^\s<>@,;:"()[\]\\\p{Cc}]{1,64}@[^\s<>@,;:"()\\\p{Cc}]{1,255})>?$/u

const Settings = z
  .object({
    DATABASE_URL: z.string().refine(isDatabaseUrl, {
      error:
        'DATABASE_URL must begin with file: (a path follows) or postgres:// (an address follows); leave it unset for a file in the data folder.',
    }),
    DATA_DIR: z.string().default('./data'),
    PORT: wholeNumber('PORT', 1, 65_535, 3000),
    LISTEN_ADDRESS: z.string().optional(),
    PUBLIC_URL: z
      .string()
      .refine(isOrigin, {
        error: 'PUBLIC_URL must be the address people type, such as https://usher.example.com, without a path.',
      })
      .transform((url) => new URL(url).origin)
      .optional(),
    SMTP_URL: z
      .string()
      .refine((url) => /^smtps?:\/\/[^/]/.test(url) && URL.canParse(url), {
        error:
          'SMTP_URL must look like smtp://name:password@mail.example.com:587 or smtps://…; leave it unset to keep mail in the outbox.',
      })
      .optional(),
    MAIL_FROM: z
      .string()
      .regex(sender, { error: 'MAIL_FROM must be one address, with a name before it or not: Usher <no-reply@example.com>.' })
      .transform(readSender)
      .optional(),
    USHER_WORKER: z
      .enum(['on', 'off'], { error: 'USHER_WORKER must be on or off; off leaves mails and jobs to another process.' })
      .default('on'),
    AUTH_SECRET: z
      .string()
      .min(32, {
        error:
          'AUTH_SECRET must have at least 32 characters: take the output of `openssl rand -hex 32`, or leave it unset to have one made in the data folder.',
      })
      .optional(),
    TRUSTED_PROXIES: wholeNumber('TRUSTED_PROXIES', 0, 10, 0),
    SESSION_IDLE_MINUTES: wholeNumber('SESSION_IDLE_MINUTES', 1, 10_080, 30),
    SESSION_HOURS: wholeNumber('SESSION_HOURS', 1, 720, 12),
    SESSION_PROOF_MINUTES: wholeNumber('SESSION_PROOF_MINUTES', 1, 10_080, 15),
    SIGN_IN_FAILURES_PER_ADDRESS: wholeNumber('SIGN_IN_FAILURES_PER_ADDRESS', 1, 1_000_000, 180),
    RESETS_PER_ADDRESS: wholeNumber('RESETS_PER_ADDRESS', 1, 1_000_000, 100),
    CALLS_PER_ACCOUNT: wholeNumber('CALLS_PER_ACCOUNT', 0, 1_000_000, 0),
    CALLS_PER_ADDRESS: wholeNumber('CALLS_PER_ADDRESS', 0, 1_000_000, 0),
    CONNECTIONS: wholeNumber('CONNECTIONS', 1, 1_000_000, 20_000),
    CONNECTIONS_PER_ADDRESS: wholeNumber('CONNECTIONS_PER_ADDRESS', 0, 1_000_000, 2_000),
    UPLOAD_LIMIT_MB: wholeNumber('UPLOAD_LIMIT_MB', 1, 1_000_000, 1024),
    LEGACY_PASSWORDS: z.enum(['accept', 'refuse'], { error: 'LEGACY_PASSWORDS must be accept or refuse.' }).default('accept'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.',
      })
      .default('info'),
  })
  .transform((set) => ({
    /** `file:…` or `postgres://…`. */
    databaseUrl: set.DATABASE_URL,
    /** Absolute; made when something is first kept in it. */
    dataDir: resolve(set.DATA_DIR),
    port: set.PORT,
    /** The network address to listen on; all when unset. */
    listenAddress: set.LISTEN_ADDRESS,
    /** What people type, without a slash at its end; the only base of links in mail. */
    publicUrl: publicUrlOf(set),
    smtpUrl: set.SMTP_URL,
    /** Whom mails come from. */
    mailFrom: set.MAIL_FROM ?? { name: 'Usher', address: `no-reply@${mailDomain(publicUrlOf(set))}` },
    /** Whether this process does what is due by time: mails, jobs, the sweep. */
    worker: set.USHER_WORKER === 'on',
    /** How many proxies in front of this process add themselves to `X-Forwarded-For`. */
    trustedProxies: set.TRUSTED_PROXIES,
    sessionIdleMinutes: set.SESSION_IDLE_MINUTES,
    sessionHours: set.SESSION_HOURS,
    sessionProofMinutes: set.SESSION_PROOF_MINUTES,
    /** In 10 minutes. */
    signInFailuresPerAddress: set.SIGN_IN_FAILURES_PER_ADDRESS,
    /** In 10 minutes. */
    resetsPerAddress: set.RESETS_PER_ADDRESS,
    /** In a second, on average over ten; 0 for no limit. */
    callsPerAccount: set.CALLS_PER_ACCOUNT,
    callsPerAddress: set.CALLS_PER_ADDRESS,
    /** At once, of everybody together and of one address; 0 for no limit, as behind proxies, which everybody comes from. */
    connections: set.CONNECTIONS,
    connectionsPerAddress: set.TRUSTED_PROXIES > 0 ? 0 : set.CONNECTIONS_PER_ADDRESS,
    /** The most that the files of one request may have together, bytes. */
    uploadLimit: set.UPLOAD_LIMIT_MB * 1024 * 1024,
    /** Whether passwords that came as salted SHA-1 open anything; each is made anew at its first sign-in. */
    legacyPasswords: set.LEGACY_PASSWORDS === 'accept',
    logLevel: set.LOG_LEVEL,
    /** At least 32 characters; from the environment, else read from the data folder and made there the first time. */
    authSecret: lazily(() => set.AUTH_SECRET ?? keptSecret(resolve(set.DATA_DIR))),
  }))

type Source = Record<string, string | undefined>
type Parsed = z.output<typeof Settings>

export type Env = Omit<Parsed, 'authSecret'> & { readonly authSecret: string }

/** The settings in `source`; an empty value counts as unset. Touches no file. Throws `SettingsError`. */
export function readEnv(source: Source): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const read = Settings.safeParse({ ...given, DATABASE_URL: databaseUrl(given) })
  if (!read.success) throw new SettingsError(read.error.issues.map(({ message }) => message).join('\n'))

  const { authSecret, ...settings } = read.data
  return {
    ...settings,
    get authSecret() {
      return authSecret()
    },
  }
}

const slot = Symbol.for('usher.env')
const shared = globalThis as { [slot]?: Env }

/** The settings of this process, read once. */
export function env(): Env {
  shared[slot] ??= readEnv(process.env)
  return shared[slot]
}

/** Makes the data folder, for its owner only, if it is not there. Throws `SettingsError` when it cannot be written. */
export function prepareDataFolder(folder: string) {
  const probe = join(folder, `.write-${randomUUID()}`)
  try {
    makeFolder(folder)
    writeFileSync(probe, '', { flag: 'wx' })
    rmSync(probe)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new SettingsError(
      `The data folder ${folder} cannot be written (${code}): give the user who runs Usher the right to, or set DATA_DIR to another folder.`,
    )
  }
}

const isTaken = (cause: unknown) => (cause as NodeJS.ErrnoException).code === 'EEXIST'

function wholeNumber(name: string, min: number, max: number, unset: number) {
  const error = `${name} must be a whole number from ${min} to ${max}; ${unset} is used when it is unset.`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }))
    .default(unset)
}

function isDatabaseUrl(url: string) {
  return /^file:./.test(url) || (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url))
}

function readSender(text: string) {
  const { name = '', address = '' } = sender.exec(text)?.groups ?? {}
  return { name: name.trim(), address }
}

const publicUrlOf = (set: { PUBLIC_URL?: string; PORT: number }) => set.PUBLIC_URL ?? `http://localhost:${set.PORT}`

/** What stands behind the @: a number needs brackets there. */
function mailDomain(publicUrl: string) {
  const { hostname } = new URL(publicUrl)
  return isIPv4(hostname) ? `[${hostname}]` : hostname
}

function isOrigin(url: string) {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return false
  const { origin, href } = new URL(url)
  return href === `${origin}/`
}

function lazily<T>(make: () => T) {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Two processes may start at once: the flag `wx` lets one of them write, and both read what is there. */
function keptSecret(folder: string) {
  const file = join(folder, 'auth-secret')
  prepareDataFolder(folder)
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if (!isTaken(cause)) throw cause
  }
  const secret = readWhenWritten(file)
  if (secret.length >= 32) return secret
  throw new SettingsError(`The secret in ${file} is damaged: delete the file to have a new one made; everybody signs in again.`)
}

function readWhenWritten(file: string) {
  for (let tries = 0; tries < 50; tries++) {
    const text = readFileSync(file, 'utf8').trim()
    if (text) return text
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  }
  return ''
}
