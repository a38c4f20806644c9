import { ActionError } from './errors'

type Fields = Record<string, unknown>

/**
 * Refuses what a caller cannot set in an object of the contract (§3.2): `PROPERTY_VALIDATION_NOT_UPDATABLE`. What comes back as it is
 * stored, with the rest of a fetched object, is no change.
 */
export function refuseReadOnly(className: string, sent: Fields, fields: readonly string[], stored: Fields = {}) {
  for (const field of fields) {
    const value = sent[field]
    if (value === undefined || value === null || value === stored[field]) continue
    throw new ActionError('PROPERTY_VALIDATION_NOT_UPDATABLE', { PROP_NAME: `${className}::${field}` })
  }
}

/** Refuses an object without a field that it needs: `PROPERTY_VALIDATION_CANNOT_BE_NULL`. */
export function refuseMissing(className: string, field: string, value: string | null | undefined): asserts value is string {
  if (!value?.trim()) throw new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: `${className}::${field}` })
}
