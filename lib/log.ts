import pino from 'pino'
import { env } from './env.ts'
import { isSecretName } from './secret-name.ts'

// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports, no `server-only`.

const masked = '[masked]'
const deepest = 6

/** A token of the contract: version 2 begins with `v2|`; version 1 hides a SHA-1 in hexadecimal and a bar. */
const ksVersion2 = /djJ8[\w+/=%-]{16,}/g
const mayBeKsVersion1 = /[A-Za-z0-9]{54}[\w+/=%-]*/g
const secretParameter = /([?&;\s](?:ks|otp|password|newPassword|secret|hashKey|token)=)[^&;\s"\\]+/gi

/** Control characters that JSON leaves as they are and some terminals obey. */
const controls = /[\u007f-\u009f\u2028\u2029]/g

const slot = Symbol.for('usher.log')
const shared = globalThis as { [slot]?: pino.Logger }

/**
 * The log: a line of JSON for each entry, on standard error. Whatever is handed over, no password, one-time code, KS, secret,
 * hash key or cookie is written.
 */
export function log(): pino.Logger {
  shared[slot] ??= createLog(pino.destination({ fd: 2, sync: true }), env().logLevel)
  return shared[slot]
}

/** A log that writes to `destination`. */
export function createLog(destination: pino.DestinationStream, level: string) {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), bindings: entryWithoutSecrets },
    serializers: { err: (error: unknown) => error },
    hooks: {
      // Before pino sees the entry: it would take the message of an error as it is.
      logMethod(args, method) {
        const [entry, ...rest] = args as unknown as [unknown, ...string[]]
        const shown = entry instanceof Error ? { err: describeError(entry, 0) } : withoutSecrets(entry, 0)
        method.apply(this, [shown, ...rest] as unknown as Parameters<typeof method>)
      },
      streamWrite: (line) => escapeControls(maskText(line)),
    },
  }
  return pino(options, destination)
}

function entryWithoutSecrets(entry: Record<string, unknown>) {
  return withoutSecrets(entry, 0) as Record<string, unknown>
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Error) return describeError(value, depth)
  if (value instanceof Date) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= deepest) return '[deeper]'
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1))

  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return Object.fromEntries(entries.map(([key, item]) => [key, isSecretName(key) ? masked : withoutSecrets(item, depth + 1)]))
}

/** Name, message and stack; a failed query's parameters are people's data and stay out. */
function describeError(error: Error & { code?: unknown }, depth: number): object {
  const message = maskText(error.message.replace(/\nparams: [\s\S]*$/, ''))
  return {
    type: error.name,
    message,
    stack: maskText(error.stack?.replace(error.message, message) ?? ''),
    ...(typeof error.code === 'string' && { code: error.code }),
    ...(error.cause !== undefined && depth < deepest && { cause: withoutSecrets(error.cause, depth + 1) }),
  }
}

function maskText(text: string) {
  return text
    .replace(ksVersion2, masked)
    .replace(mayBeKsVersion1, (token) => (isKsVersion1(token) ? masked : token))
    .replace(secretParameter, `$1${masked}`)
}

function isKsVersion1(token: string) {
  return /^[0-9a-f]{40}\|/.test(Buffer.from(token.slice(0, 56), 'base64').toString('latin1'))
}

function escapeControls(line: string) {
  return line.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
