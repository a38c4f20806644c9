import type { Named, Value } from '../form-values'

/** A call that can be written down in several languages. */
export type Call = {
  serverUrl: string
  service: string
  action: string
  needsSession: boolean
  sent: Named[]
}

/** Stands for the session: nobody's real one is ever written down. */
export const ksPlaceholder = 'YOUR_KS'
export const filePlaceholder = 'YOUR_FILE.csv'

/** Names and values as in a form (§1.2): `filter:userId`, `list:0:name`; an empty list is `list:-`. */
export function flat(sent: Named[], prefix = ''): [name: string, value: string | number | boolean][] {
  return sent.flatMap(([name, value]) => flatValue(prefix + name, value))
}

function flatValue(name: string, value: Value): [string, string | number | boolean][] {
  if (value.kind === 'plain') return value.value === null ? [] : [[name, value.value]]
  if (value.kind === 'file') return []
  if (value.kind === 'object') return flat(value.fields, `${name}:`)
  if (value.items.length === 0) return [[`${name}:-`, '']]
  return value.items.flatMap((item, at) => flatValue(`${name}:${at}`, item))
}

/** What no terminal, editor or reader takes for what it is: control and format characters, other line ends, half characters. */
export const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu

/** A character as JSON, JavaScript and Python write it; beyond 16 bits as JSON and JavaScript do. */
export const escapeOf = (sign: string) =>
  sign.replace(/[\s\S]/g, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Text in double quotes, on one line, of printable characters alone. */
export function quoted(text: string, written = escapeOf) {
  return JSON.stringify(text).replace(unprintable, written)
}
