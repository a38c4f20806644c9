import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { loginOfKey } from '@/lib/auth/hash-key'
import { Authentication, HashKeyInput } from '../sign-in-schema'

/**
 * Whether the key of a link is good (§8.24): changes nothing, so that whoever opens links in passing uses none up.
 * `LOGIN_DATA_NOT_FOUND`, `NEW_PASSWORD_HASH_KEY_INVALID`, `NEW_PASSWORD_HASH_KEY_EXPIRED`,
 * `INVALID_ACCESS_TO_PARTNER_SPECIFIC_SEARCH` for a session of another account.
 */
export const validateHashKey = defineAction({
  name: 'user.validateHashKey',
  summary: 'Tells whether the key of a mailed link is good, and changes nothing.',
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: HashKeyInput,
  output: Authentication,
  errors: [
    'INVALID_ACCESS_TO_PARTNER_SPECIFIC_SEARCH',
    'LOGIN_DATA_NOT_FOUND',
    'NEW_PASSWORD_HASH_KEY_EXPIRED',
    'NEW_PASSWORD_HASH_KEY_INVALID',
  ],

  async handle({ actor, partner, now }, { hashKey }) {
    const login = await loginOfKey(hashKey, { now })
    if (actor.kind === 'user' && partner && partner.id !== login.configPartnerId)
      throw new ActionError('INVALID_ACCESS_TO_PARTNER_SPECIFIC_SEARCH', { PID: partner.id })
    return { objectType: 'KalturaAuthentication' as const }
  },
})
