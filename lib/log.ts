import { pino, type Logger } from 'pino'

/** Structured one-line logs on the error output, without secrets. Erasable TypeScript only: plain `node` reads this file. */

const secretNames = ['password', 'newPassword', 'adminPassword', 'otp', 'ks', 'secret', 'adminSecret', 'userSecret', 'hashKey', 'token', 'authorization', 'cookie']

/** A KS of either version, or any other long base64 run, in free text. */
const tokenLike = /\b[A-Za-z0-9+/_-]{60,}={0,2}/g

export function maskTokens(text: string) {
  return text.replace(tokenLike, (token) => `${token.slice(0, 8)}…`)
}

const place = globalThis as { [logKey]?: Logger }
const logKey = Symbol.for('usher.log')

/** The process's logger. */
export function log(): Logger {
  place[logKey] ??= newLog(process.env.LOG_LEVEL || (process.env.VITEST ? 'silent' : 'info'))
  return place[logKey]
}

export function newLog(level: string, destination: { write(line: string): void } = pino.destination({ dest: 2, sync: false })) {
  return pino(
    {
      level,
      base: null,
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
      serializers: { err: (error) => maskError(pino.stdSerializers.err(error)) },
      hooks: { logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === 'string' ? maskTokens(arg) : arg)) as Parameters<typeof method>)
        },
      },
    },
    destination,
  )
}

function maskError(error: object) {
  return Object.fromEntries(Object.entries(error).map(([key, value]) => [key, typeof value === 'string' ? maskTokens(value) : value]))
}
