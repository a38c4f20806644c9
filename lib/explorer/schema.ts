import { z } from 'zod'
import type { ErrorCode } from '@/lib/action/errors'
import type { Permission } from '@/lib/action/permissions'

/** The API as plain data, for the explorer, and what it sends. Safe to import in the browser. */

/** A parameter, a field of an object, or an answer. */
export type FieldDoc = {
  name: string
  kind: Scalar | 'enum' | 'stringEnum' | 'object' | 'array' | 'file' | 'fileAnswer' | 'nothing' | 'any'
  /** The contract's name of an object or an enumeration. */
  type?: string
  /** Where the fields of an object stand: a key of `ApiDoc.types`. */
  fields?: string
  /** What an array holds. */
  item?: FieldDoc
  choices?: Choice[]
  isRequired: boolean
  /** Never shown, kept in an address or copied. */
  isSecret: boolean
  default?: string | number | boolean
  explanation?: string
}
type Scalar = 'string' | 'int' | 'bool' | 'time' | 'nullableBool'
export type Choice = { value: string | number; name: string }

export type ActionDoc = {
  service: string
  name: string
  summary: string
  kind: 'query' | 'mutation'
  /** `anyone`: needs no session. */
  audience: 'partner' | 'anyone'
  /** Any one of them is enough. */
  permission: readonly Permission[]
  /** Whether the reader of this description has the right to call it. */
  isAllowed: boolean
  parameters: FieldDoc[]
  answer: FieldDoc
  errors: { own: ErrorCode[]; general: ErrorCode[]; isDeclared: boolean }
}

export type ApiDoc = {
  services: { name: string; actions: ActionDoc[] }[]
  /** The objects that parameters and answers refer to. */
  types: Record<string, FieldDoc[]>
}

/** A call that the explorer makes for the signed-in person. */
export const Run = z.object({
  service: z.string().max(100),
  action: z.string().max(100),
  parameters: z.record(z.string(), z.unknown()),
})
export type Run = z.input<typeof Run>

/** What came back, as a program would get it. */
export type Ran = {
  /** The answer or the exception, in JSON as the wire writes it. */
  body: string
  isError: boolean
  milliseconds: number
  requestId: string
  notices: string[]
}
