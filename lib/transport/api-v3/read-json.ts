import 'server-only'
import { wrongFormat } from './body'

/** So far down repeated names are looked for; whatever is deeper is refused anyway. */
const deepest = 64

/** The parameters of a JSON text. `name` is what the text is called when it holds no object. */
export function readJsonObject(text: string, name: string): object {
  try {
    const value = readJson(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw wrongFormat(name, 'JSON object')
}

/** JSON as `JSON.parse` reads it, but of several members with one name the first counts, as everywhere on the wire (I07). */
function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  const starts = memberStarts(text)
  return starts.length === keysIn(value, 0) ? value : firstOfEach(JSON.parse(numbered(text, starts)), 0)
}

/** Where the names of members begin, in a text that is JSON: a colon follows a name, and no other string. */
function memberStarts(text: string) {
  const starts: number[] = []
  let end: number
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', end + 1)) {
    end = endOfString(text, start)
    afterBlanks.lastIndex = end + 1
    if (afterBlanks.test(text)) starts.push(start)
  }
  return starts
}

const afterBlanks = /\s*:/y

function endOfString(text: string, start: number) {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, quote: number) {
  let at = quote
  while (text[at - 1] === '\\') at--
  return (quote - at) % 2 === 1
}

function keysIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > deepest) return 0
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) keys += keysIn(inner, depth + 1)
  return keys
}

/** The same JSON with a number before each name, so that no two are alike: `"id"` → `"7:id"`. */
function numbered(text: string, starts: number[]) {
  let result = text.slice(0, starts[0])
  for (const [number, start] of starts.entries()) result += `"${number}:${text.slice(start + 1, starts[number + 1])}`
  return result
}

function firstOfEach(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) return value.map((item) => firstOfEach(item, depth + 1))
  const first = new Map<string, unknown>()
  for (const [numberedName, inner] of Object.entries(value)) {
    const name = numberedName.slice(numberedName.indexOf(':') + 1)
    if (!first.has(name)) first.set(name, firstOfEach(inner, depth + 1))
  }
  return Object.fromEntries(first)
}
