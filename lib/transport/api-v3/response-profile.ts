import 'server-only'
import { z } from 'zod'
import { ActionError } from '@/lib/action/errors'
import { intEnum, object, text } from '@/lib/action/fields'
import { coerceInput } from './coerce'
import type { Params } from './params'

const ProfileType = { INCLUDE_FIELDS: 1, EXCLUDE_FIELDS: 2 } as const

const Profile = object(
  'KalturaDetachedResponseProfile',
  {
    id: text(100),
    systemName: text(255),
    type: intEnum('KalturaResponseProfileType', ProfileType),
    fields: text(65_535),
  },
  { alsoKnownAs: ['KalturaResponseProfile', 'KalturaResponseProfileHolder'] },
)

const Common = z.object({ responseProfile: Profile.optional() })

/**
 * Which fields of the answer's objects the caller wants (§1.9), undefined for all of them. Profiles are not stored here: one that is
 * named by its id is `INVALID_OBJECT_ID`, as its caller counts on getting less.
 */
export function shownBy(params: Params): ((name: string) => boolean) | undefined {
  if ((params.responseProfile ?? '') === '') return undefined
  const { responseProfile } = coerceInput(Common, params, { now: 0 }) as { responseProfile: Partial<z.output<typeof Profile>> }
  const { id, systemName, type, fields } = responseProfile
  const stored = id || systemName
  if (stored) throw new ActionError('INVALID_OBJECT_ID', { ID: stored })
  if (!fields) return undefined
  if (!type) throw new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'KalturaDetachedResponseProfile::type' })

  const listed = new Set(fields.split(',').map((name) => name.trim()))
  return type === ProfileType.INCLUDE_FIELDS ? (name) => listed.has(name) : (name) => !listed.has(name)
}
