import 'server-only'
import { z } from 'zod'
import { ActionError } from '@/lib/action/errors'
import { intEnum, object, text } from '@/lib/action/fields'
import { coerceInput } from './coerce'
import type { Params } from './params'

const ProfileType = { INCLUDE_FIELDS: 1, EXCLUDE_FIELDS: 2 } as const

const Given = object(
  'KalturaDetachedResponseProfile',
  {
    id: text(100),
    systemName: text(255),
    type: intEnum('KalturaResponseProfileType', ProfileType),
    fields: text(65_535),
  },
  { alsoKnownAs: ['KalturaResponseProfile', 'KalturaResponseProfileHolder'] },
)

const Common = z.object({ responseProfile: Given.optional() })

/** What is left of an answer. */
type Profile = (data: unknown) => unknown

/**
 * What the caller wants of the answer's objects (§1.9), undefined when all of it. Profiles are not stored here: one that is named by its
 * id is `INVALID_OBJECT_ID`, as its caller counts on getting less.
 */
export function profileOf(params: Params): Profile | undefined {
  if ((params.responseProfile ?? '') === '') return undefined
  const { responseProfile } = coerceInput(Common, params, { now: 0 }) as { responseProfile: Partial<z.output<typeof Given>> }
  const { id, systemName, type, fields } = responseProfile
  const stored = id || systemName
  if (stored) throw new ActionError('INVALID_OBJECT_ID', { ID: stored })
  if (!fields) return undefined
  if (!type) throw new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'KalturaDetachedResponseProfile::type' })

  const listed = new Set(fields.split(',').map((name) => name.trim()))
  const isIncluding = type === ProfileType.INCLUDE_FIELDS
  return (data) => restricted(data, (name) => name === 'objectType' || listed.has(name) === isIncluding)
}

/** Of a list, its items; of anything else, itself. What is inside of an object goes or stays with it. */
function restricted(data: unknown, shows: (name: string) => boolean): unknown {
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return data.map((item) => restricted(item, shows))
  if ('objects' in data && Array.isArray(data.objects)) return { ...data, objects: restricted(data.objects, shows) }
  return Object.fromEntries(Object.entries(data).filter(([name]) => shows(name)))
}
