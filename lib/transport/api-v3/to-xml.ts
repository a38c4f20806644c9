import 'server-only'
import { fitText } from '@/lib/action/fit-text'
import { withoutNulls } from '@/lib/action/without-nulls'
import type { Answer } from './call'

/** XML as the contract has it (§1.7, §1.8): lists are `item`s, null is an empty element, booleans are 1 and 0. */
export function toXml(answer: Answer | Answer[], seconds: number) {
  const result = Array.isArray(answer) ? answer.map((each) => `<item>${answerXml(each)}</item>`).join('') : answerXml(answer)
  return `<?xml version="1.0" encoding="utf-8"?><xml><result>${result}</result><executionTime>${seconds.toFixed(6)}</executionTime></xml>`
}

/** The same without the elements of what is null. */
export const toTerseXml = (answer: Answer | Answer[], seconds: number) =>
  toXml(Array.isArray(answer) ? answer.map(terse) : terse(answer), seconds)

const terse = (answer: Answer): Answer => ('data' in answer ? { data: withoutNulls(answer.data) } : answer)

function answerXml(answer: Answer) {
  if ('data' in answer) return valueXml(answer.data)
  const { code, message, args } = answer.error
  const items = Object.entries(args).map(([name, value]) => ({ objectType: 'KalturaApiExceptionArg', name, value }))
  return `<error>${valueXml({ code, message, objectType: 'KalturaAPIException', args: items })}</error>`
}

function valueXml(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value)) return value.map((item) => `<item>${valueXml(item)}</item>`).join('')
  if (typeof value !== 'object') return escaped(String(value))
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${valueXml(inner)}</${name}>`)
    .join('')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** Text that an XML parser gives back as it was; what XML cannot carry is left out. */
function escaped(text: string) {
  return fitText(text).replace(/[&<>"\r]/g, (sign) => entities[sign] ?? sign)
}
