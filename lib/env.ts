import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { databaseUrl } from '../db/url.ts'

/** The settings of the installation, from the environment. Erasable TypeScript only: plain `node` reads this file. */

/** A setting is wrong; each line of the message names one and says what to do. */
export class SettingsError extends Error {
  override name = 'SettingsError'
}

const whole = (least: number, most: number, fallback: number) => z.coerce.number().int().min(least).max(most).default(fallback)

const Settings = z.object({
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z.string().regex(/^(file:|postgres(ql)?:\/\/)./),
  PORT: whole(1, 65_535, 3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  AUTH_SECRET: z.string().min(32).optional(),
  TRUSTED_PROXIES: whole(0, 10, 0),
  SESSION_IDLE_MINUTES: whole(1, 1440, 30),
  SESSION_HOURS: whole(1, 720, 12),
  SIGN_IN_FAILURES_PER_ADDRESS: whole(1, 1_000_000, 180),
  RESETS_PER_ADDRESS: whole(1, 1_000_000, 100),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Env = Omit<z.output<typeof Settings>, 'PUBLIC_URL' | 'AUTH_SECRET'> & { PUBLIC_URL: string; AUTH_SECRET: string }

/** What to write instead of a wrong value. */
const advice: Record<string, string> = {
  DATABASE_URL: 'use file:PATH for an embedded database or postgres://USER:PASSWORD@HOST/NAME',
  PORT: 'use a whole number from 1 to 65535',
  PUBLIC_URL: 'use the address that people type, such as https://usher.example',
  SMTP_URL: 'use smtp://HOST:PORT or smtps://USER:PASSWORD@HOST',
  AUTH_SECRET: 'use at least 32 random characters, or leave it out to have one made in the data folder',
  LOG_LEVEL: 'use one of fatal, error, warn, info, debug, trace, silent',
}

/** Reads and checks settings; `SettingsError` names every wrong one. Makes the data folder and the secret in it if needed. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Settings.safeParse({ ...given, DATABASE_URL: databaseUrl(given) })
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map(sentenceOf).join('\n'))
  const settings = parsed.data
  return {
    ...settings,
    PUBLIC_URL: (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    AUTH_SECRET: settings.AUTH_SECRET ?? keptSecret(settings.DATA_DIR),
  }
}

const place = globalThis as { [envKey]?: Env }
const envKey = Symbol.for('usher.env')

/** The settings of this process, read once. */
export function env(): Env {
  place[envKey] ??= readEnv(process.env)
  return place[envKey]
}

function sentenceOf(issue: z.core.$ZodIssue) {
  const name = String(issue.path[0])
  return `The setting ${name} is wrong: ${advice[name] ?? 'use a whole number within its range'} (see .env.example).`
}

/** The installation's secret, made once: losing it ends all sessions and makes sealed secrets unreadable. */
function keptSecret(folder: string) {
  const file = join(folder, 'auth-secret')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    try {
      writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new SettingsError(
      `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}): make it writable or set DATA_DIR to another.`,
    )
  }
}
