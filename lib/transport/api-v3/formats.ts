import 'server-only'
import { ActionError } from '@/lib/action/errors'
import type { Answer } from './call'
import type { Params, ParamValue } from './params'
import { toJson } from './to-json'
import { toPhp } from './to-php'
import { toTerseXml, toXml } from './to-xml'

/** How an answer is written: of one call, or of each call of a multirequest. */
export type Format = {
  contentType: string
  write: (answer: Answer | Answer[], seconds: number) => string
}

const json: Format = { contentType: 'application/json', write: toJson }
const xml: Format = { contentType: 'text/xml; charset=utf-8', write: toXml }
const terseXml: Format = { ...xml, write: toTerseXml }
const php: Format = { contentType: 'application/vnd.php.serialized', write: toPhp }

/** The comment keeps a browser from taking the answer for anything but a script, whatever the name is. */
const jsonp = (callback: string): Format => ({
  contentType: 'application/javascript; charset=utf-8',
  write: (answer) => `/**/${callback}(${toJson(answer).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')});`,
})

const byNumber = new Map([
  [1, json],
  [2, xml],
  [3, php],
  [9, json],
])

/** The format that was asked for (§1.6, §1.7), XML when none was; null when there is none of that number. */
export function formatOf({ format, callback, ignoreNull }: Params): Format | null {
  const number = format === undefined || format === null || format === '' ? 2 : numberOf(format)
  if (number === 9 && isIdentifier(callback)) return jsonp(callback)
  if (number === 2 && isTrue(ignoreNull)) return terseXml
  return byNumber.get(number) ?? null
}

/** A script cannot be written for a callback that is none: the answer is an error, in JSON. */
export function refuseBadCallback({ format, callback }: Params) {
  if (numberOf(format) !== 9 || isIdentifier(callback)) return
  if (callback === undefined) throw new ActionError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'callback' })
  throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'callback' })
}

const numberOf = (value: ParamValue | undefined) => (typeof value === 'object' ? Number.NaN : Number(value))

const isTrue = (value: ParamValue | undefined) => value === true || value === 1 || value === '1' || value === 'true'

const isIdentifier = (value: ParamValue | undefined): value is string =>
  typeof value === 'string' && /^[A-Za-z_$][\w$]{0,127}$/.test(value)
