import type { z } from 'zod'
import { ActionError, type Saying } from './errors'
import type { Refusal } from './field-problems'
import { fieldOf } from './fields'

type Issue = z.core.$ZodIssue

/** The input as the schema wants it, or the contract's code for the first fault, with every faulty field named (§1.5). */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input ?? {}, { reportInput: true })
  if (parsed.success) return parsed.data

  const [first] = parsed.error.issues
  if (!first) throw new ActionError('INTERNAL_SERVERL_ERROR')
  const error = errorOf(schema, first)
  error.fields = faultsOf(schema, parsed.error.issues)
  throw error
}

function faultsOf(schema: z.ZodType, issues: Issue[]) {
  const faults: Record<string, Saying> = {}
  for (const issue of issues) faults[issue.path.join('.')] ??= sayingOf(errorOf(schema, issue), issue)
  return faults
}

function sayingOf(error: ActionError, issue: Issue): Saying {
  if (issue.code === 'custom') {
    const refusal = refusalIn(issue)
    return refusal ? { code: refusal.problem, args: refusal.args ?? {} } : error
  }
  if (error.code !== 'INVALID_FIELD_VALUE') return error
  if (issue.code === 'too_small') return { code: 'LEAST', args: { LEAST: String(issue.minimum) } }
  if (issue.code === 'too_big') return { code: 'MOST', args: { MOST: String(issue.maximum) } }
  return error
}

const refusalIn = (issue: z.core.$ZodIssueCustom) => issue.params as Refusal | undefined

function errorOf(schema: z.ZodType, issue: Issue): ActionError {
  const { className, field } = whereIs(schema, issue.path)
  const property = className ? `${className}::${field}` : field

  switch (issue.code) {
    case 'custom':
      return refusalOf(refusalIn(issue)?.code, className, field)
    case 'too_big':
      if (issue.origin === 'string' || issue.origin === 'array')
        return new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: property, MAX_LEN: Number(issue.maximum) })
      return new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: field })
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array')
        return new ActionError('PROPERTY_VALIDATION_MIN_LENGTH', { PROP_NAME: property, MIN_LEN: Number(issue.minimum) })
      return new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: field })
    case 'invalid_value':
      return new ActionError('INVALID_ENUM_VALUE', {
        ENUM_VAL: shown(issue.input),
        PARAM_NAME: field,
        ENUM_TYPE: className ?? field,
      })
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return missing(className, field, property)
      return new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: property, FORMAT: issue.expected })
    default:
      return new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: field })
  }
}

function missing(className: string | null, field: string, property: string) {
  if (className) return new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: property })
  return new ActionError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: field })
}

/** A refusal of our own schemas: the code knows which argument names the field. */
function refusalOf(code: Refusal['code'] | undefined, className: string | null, field: string): ActionError {
  if (code === 'INVALID_PARAMETER_CHAR') return new ActionError(code, { XML_FIELD: field })
  if (code === 'UNSAFE_HTML_TAGS')
    return new ActionError(code, {
      CLASS_NAME: className === 'KalturaUser' ? 'kuser' : (className ?? field),
      PROPERTY_NAME: field,
    })
  return new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: field })
}

/** The class that the path ends in, if it is inside an object of the contract, and the name of the field. */
function whereIs(schema: z.ZodType, path: PropertyKey[]) {
  let className: string | null = null
  let at: z.ZodType | undefined = schema
  for (const key of path.slice(0, -1)) {
    at = childOf(at, key)
    const field = at && fieldOf(at)
    if (field?.kind === 'object') className = field.name
  }
  return { className, field: String(path.at(-1) ?? 'input') }
}

function childOf(schema: z.ZodType | undefined, key: PropertyKey): z.ZodType | undefined {
  if (!schema) return undefined
  const field = fieldOf(schema)
  if (field?.kind === 'object') return field.shape[String(key)]
  if (field?.kind === 'array') return field.item
  return (schema as unknown as { shape?: Record<string, z.ZodType> }).shape?.[String(key)]
}

function shown(value: unknown) {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).slice(0, 100)
    : typeof value
}
