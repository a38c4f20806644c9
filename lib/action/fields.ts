import { z } from 'zod'
import type { ErrorCode } from './errors'
import type { FieldProblem, Refusal } from './field-problems'
import { FileAnswer, UploadedFile } from './file'
import { isFitText } from './fit-text'

/**
 * The types of the contract (§1.5) as zod schemas. A schema validates what pages send; the wire and the command line
 * read the declared type beside it with `fieldOf`. Safe to import in the browser.
 */
export type Field =
  | { kind: 'string' | 'int' | 'bool' | 'time' | 'nullableBool' | 'file' | 'fileAnswer' }
  | { kind: 'enum'; name: string; names: readonly string[]; values: readonly number[] }
  | { kind: 'stringEnum'; name: string; values: readonly string[] }
  | {
      kind: 'object'
      name: string
      shape: Record<string, z.ZodType>
      alsoKnownAs: readonly string[]
      isAbstract: boolean
      pageOnly: readonly string[]
    }
  | { kind: 'array'; item: z.ZodType }

const declared = new WeakMap<z.ZodType, Field>()

function declare<S extends z.ZodType>(schema: S, field: Field): S {
  declared.set(schema, field)
  return schema
}

/** The declared type below any `optional`, `nullable`, `default` or transformation. */
export function fieldOf(schema: z.ZodType): Field | undefined {
  const inner = declaredSchemaOf(schema)
  return inner && declared.get(inner)
}

/** The schema that was declared, below what was wrapped around it. */
export const declaredSchemaOf = (schema: z.ZodType) => layers(schema).find((inner) => declared.has(inner))

const explanations = new WeakMap<z.ZodType, string>()

/** Says what a parameter or a field means, in one sentence: shown to integrators beside its type. */
export function explain<S extends z.ZodType>(schema: S, sentence: string): S {
  explanations.set(schema, sentence)
  return schema
}

/** What was said of the field, on any layer of its schema. */
export function explanationOf(schema: z.ZodType) {
  return layers(schema)
    .map((layer) => explanations.get(layer))
    .find(Boolean)
}

/** The schema, then what it is wrapped around, down to the innermost. */
function layers(schema: z.ZodType): z.ZodType[] {
  const inner = below(schema)
  return inner ? [schema, ...layers(inner)] : [schema]
}

function below(schema: z.ZodType) {
  const def = schema.def as { innerType?: z.ZodType; in?: z.ZodType }
  return def.innerType ?? def.in
}

const refusal = (code: ErrorCode, problem: FieldProblem) => ({ params: { code, problem } satisfies Refusal })

/** Text of at most so many characters, without control characters. */
export const text = (max: number) => declare(cleanText(max), { kind: 'string' })

const cleanText = (max: number) => z.string().max(max).refine(isFitText, refusal('INVALID_PARAMETER_CHAR', 'CONTROL_CHARACTER'))

/** Text that the action judges itself: an id, a password. */
export const anyText = (max: number) => declare(z.string().max(max), { kind: 'string' })

/** Free text without markup. */
export const plainText = (max: number) => declare(withoutMarkup(max), { kind: 'string' })

const withoutMarkup = (max: number) => cleanText(max).refine((value) => !hasMarkup(value), refusal('UNSAFE_HTML_TAGS', 'MARKUP'))

/** Whether a text holds what a browser would take for a tag. */
export const hasMarkup = (value: string) => /<[a-z!/?]/i.test(value)

/** A name that people read: no markup and no web address in it (§3.2). */
export const nameText = (max: number) =>
  declare(
    withoutMarkup(max).refine((value) => !value.includes('://'), refusal('INVALID_FIELD_VALUE', 'WEB_ADDRESS')),
    { kind: 'string' },
  )

/** A whole number that JavaScript and JSON carry exactly. */
export const int = (least?: number, most?: number) => declare(whole(least, most), { kind: 'int' })

const whole = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER) => z.int().min(least).max(most)
export const bool = () => declare(z.boolean(), { kind: 'bool' })
/** Epoch seconds; on the wire values within ten years of 0 count from now. */
export const time = () => declare(z.int(), { kind: 'time' })
/** A file that the caller sends along. */
export const file = () => declare(z.instanceof(UploadedFile), { kind: 'file' })
/** An answer that is a file. */
export const fileAnswer = () => declare(z.instanceof(FileAnswer), { kind: 'fileAnswer' })
/** True, false or null; −1, 0 and 1 on the wire. */
export const nullableBool = () => declare(z.boolean().nullable(), { kind: 'nullableBool' })

export const intEnum = <const V extends Record<string, number>>(name: string, values: V) =>
  declare(z.enum(values), { kind: 'enum', name, names: Object.keys(values), values: Object.values(values) })

export const stringEnum = <const V extends readonly [string, ...string[]]>(name: string, values: V) =>
  declare(z.enum(values), { kind: 'stringEnum', name, values })

export const list = <T extends z.ZodType>(item: T, most = 10_000) => declare(z.array(item).max(most), { kind: 'array', item })

type ObjectOptions<S> = { alsoKnownAs?: readonly string[]; isAbstract?: boolean; pageOnly?: readonly (keyof S & string)[] }

/**
 * An object of the contract. `alsoKnownAs` are subclasses that are read like it, their name is then kept in `objectType`.
 * `pageOnly` fields are Usher's own: pages get them, the wire leaves them out.
 */
export const object = <S extends Record<string, z.ZodType>>(name: string, shape: S, options: ObjectOptions<S> = {}) =>
  declare(z.object(shape), { kind: 'object', name, shape, alsoKnownAs: [], isAbstract: false, pageOnly: [], ...options })
