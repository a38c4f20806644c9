import 'server-only'
import type { ActionError } from '@/lib/action/errors'
import { fitText } from '@/lib/action/fit-text'

/** An answer before it is written: the result, or the error. */
export type Answer = { data: unknown } | { error: Pick<ActionError, 'code' | 'message' | 'args'> }

type Options = { seconds: number; ignoreNull: boolean }

/** The response formats (§1.7, §1.8) by their numbers. */
export const formats = new Map<number, { contentType: string; write: (answer: Answer, options: Options) => string }>([
  [1, { contentType: 'application/json', write: toJson }],
  [2, { contentType: 'text/xml; charset=utf-8', write: toXml }],
])

export const xml = 2

/** Nulls are left out at every depth; a lone null is the answer of an action that answers nothing. */
function toJson(answer: Answer) {
  if ('error' in answer) return JSON.stringify(exceptionOf(answer.error))
  return JSON.stringify(answer.data ?? null, (_name, value) => (value === null ? undefined : value)) ?? 'null'
}

function exceptionOf({ code, message, args }: Extract<Answer, { error: unknown }>['error']) {
  return { code, message, objectType: 'KalturaAPIException', args: Object.keys(args).length === 0 ? [] : args }
}

function toXml(answer: Answer, { seconds, ignoreNull }: Options) {
  const result = 'error' in answer ? errorXml(answer.error) : valueXml(answer.data, ignoreNull)
  return `<?xml version="1.0" encoding="utf-8"?><xml><result>${result}</result><executionTime>${seconds.toFixed(6)}</executionTime></xml>`
}

function errorXml({ code, message, args }: Extract<Answer, { error: unknown }>['error']) {
  const items = Object.entries(args).map(([name, value]) => ({ objectType: 'KalturaApiExceptionArg', name, value }))
  return `<error>${valueXml({ code, message, objectType: 'KalturaAPIException', args: items }, false)}</error>`
}

function valueXml(value: unknown, ignoreNull: boolean): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value)) return value.map((item) => `<item>${valueXml(item, ignoreNull)}</item>`).join('')
  if (typeof value !== 'object') return escaped(String(value))
  return Object.entries(value)
    .filter(([, inner]) => !(ignoreNull && inner === null))
    .map(([name, inner]) => `<${name}>${valueXml(inner, ignoreNull)}</${name}>`)
    .join('')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** Text that an XML parser gives back as it was; what XML cannot carry is left out. */
function escaped(text: string) {
  return fitText(text).replace(/[&<>"\r]/g, (sign) => entities[sign] ?? sign)
}
