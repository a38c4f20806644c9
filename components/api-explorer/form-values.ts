import type { ApiDoc, FieldDoc } from '@/lib/explorer/schema'
import type { Values } from './explorer-view'

/** What was typed, as values of the declared types. */
export type Value =
  | { kind: 'plain'; value: string | number | boolean | null }
  | { kind: 'list'; items: Value[] }
  /** `type` is the contract's name, where the object has one; `isChosen` if it is another than the server would take it for. */
  | { kind: 'object'; type?: string; isChosen?: boolean; fields: Named[] }
  /** A file cannot be typed: it stands for the one that the caller will name. */
  | { kind: 'file' }
export type Named = readonly [name: string, value: Value]

export type Problem = 'required' | 'notANumber' | 'notAList' | 'notAChoice'
export type Problems = Readonly<Record<string, Problem>>

type Types = ApiDoc['types']
export type Form = { sent: Named[]; problems: Problems }

/** Reads the form: what would be sent, and by path what is wrong with it. */
export function readForm(docs: FieldDoc[], types: Types, values: Values): Form {
  const problems: Record<string, Problem> = {}
  const sent = readFields(docs, '')
  return { sent, problems }

  function readFields(fields: FieldDoc[], prefix: string): Named[] {
    return fields.flatMap((doc) => {
      const path = prefix + doc.name
      const read = readField(doc, path)
      if (typeof read !== 'string') return read ? [[doc.name, read] as const] : []
      problems[path] = read
      return []
    })
  }

  /** The value, a problem, or undefined for what is not sent. */
  function readField(doc: FieldDoc, path: string): Value | Problem | undefined {
    if (doc.kind === 'file') return { kind: 'file' }
    if (doc.kind === 'object') return readObject(doc, path)
    const typed = values[path]
    // Only text can be empty; any other field that was emptied says nothing.
    if (typed === undefined || (typed === '' && doc.kind !== 'string')) return doc.isRequired ? 'required' : undefined
    if (doc.kind === 'array') return readList(doc, typed)
    return readScalar(doc, typed)
  }

  function readObject(doc: FieldDoc, path: string): Value | undefined {
    if (!doc.isRequired && !isPresent(values, path)) return undefined
    const chosen = doc.choices?.find(({ value }) => value === values[`${path}.objectType`])
    const fields = readFields(types[doc.fields ?? ''] ?? [], `${path}.`)
    const type = chosen ? String(chosen.value) : doc.type
    return { kind: 'object', type, isChosen: type !== doc.type, fields }
  }

  function readList({ item }: FieldDoc, typed: string): Value | Problem {
    try {
      const list: unknown = JSON.parse(typed)
      return Array.isArray(list) ? valueOfJson(list, item, types) : 'notAList'
    } catch {
      return 'notAList'
    }
  }
}

function readScalar(doc: FieldDoc, typed: string): Value | Problem {
  if (doc.kind === 'int' || doc.kind === 'time') {
    const number = Number(typed)
    return /^\s*[+-]?\d+\s*$/.test(typed) && Number.isSafeInteger(number) ? plain(number) : 'notANumber'
  }
  if (doc.kind === 'bool') return plain(typed === 'true')
  if (doc.kind === 'nullableBool') return ['-1', '0', '1'].includes(typed) ? plain(Number(typed)) : 'notAChoice'
  if (doc.kind !== 'enum' && doc.kind !== 'stringEnum') return plain(typed)
  const chosen = doc.choices?.find(({ value }) => String(value) === typed)
  return chosen ? plain(chosen.value) : 'notAChoice'
}

const plain = (value: string | number | boolean | null): Value => ({ kind: 'plain', value })

/** JSON that was typed; what its objects are called is known from the description. */
function valueOfJson(json: unknown, doc: FieldDoc | undefined, types: Types): Value {
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item) => valueOfJson(item, doc?.item ?? doc, types)) }
  if (typeof json !== 'object' || json === null) return plain(json as string | number | boolean | null)
  const known = types[doc?.fields ?? ''] ?? []
  const fields = Object.entries(json).map(
    ([name, inner]) =>
      [
        name,
        valueOfJson(
          inner,
          known.find((field) => field.name === name),
          types,
        ),
      ] as const,
  )
  return { kind: 'object', type: doc?.type, fields }
}

/** Whether anything of the field is in the form: the field itself, or something inside it. */
export function isPresent(values: Values, path: string) {
  return Object.keys(values).some((key) => key === path || key.startsWith(`${path}.`))
}

/** As JSON carries it. */
export function toJson(sent: Named[]): Record<string, unknown> {
  return Object.fromEntries(sent.filter(([, value]) => value.kind !== 'file').map(([name, value]) => [name, jsonOf(value)]))
}

function jsonOf(value: Value): unknown {
  if (value.kind === 'plain') return value.value
  if (value.kind === 'list') return value.items.map(jsonOf)
  if (value.kind === 'file') return undefined
  return { ...(value.isChosen && { objectType: value.type }), ...toJson(value.fields) }
}

/** The values with something in place of every secret, and of text that is still missing: for showing and copying. */
export function withPlaceholders(docs: FieldDoc[], types: Types, values: Values): Values {
  const shown: Record<string, string> = { ...values }
  const visit = (fields: FieldDoc[], prefix: string) => {
    for (const doc of fields) {
      const path = prefix + doc.name
      const isMissing = doc.isRequired && doc.kind === 'string' && values[path] === undefined
      if ((doc.isSecret && values[path] !== undefined) || isMissing) shown[path] = placeholder(doc.name)
      if (doc.kind === 'object' && (doc.isRequired || isPresent(values, path))) visit(types[doc.fields ?? ''] ?? [], `${path}.`)
    }
  }
  visit(docs, '')
  return shown
}

/** `newPassword` → `YOUR_NEW_PASSWORD`. */
const placeholder = (name: string) => `YOUR_${name.replace(/(?=[A-Z])/g, '_').toUpperCase()}`

/** The values without those of secrets, which stand in no address. */
export function withoutSecrets(docs: FieldDoc[], types: Types, values: Values): Values {
  const secrets = new Set<string>()
  const visit = (fields: FieldDoc[], prefix: string) => {
    for (const doc of fields) {
      const path = prefix + doc.name
      if (doc.isSecret) secrets.add(path)
      if (doc.kind === 'object' && isPresent(values, path)) visit(types[doc.fields ?? ''] ?? [], `${path}.`)
    }
  }
  visit(docs, '')
  return Object.fromEntries(Object.entries(values).filter(([path]) => !secrets.has(path)))
}
