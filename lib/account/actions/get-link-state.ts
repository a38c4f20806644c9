import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { linkStateOf } from '@/lib/auth/hash-key'
import { LinkState, LinkStateInput } from '../schema'

/** What has become of a mailed link, for the page that it opens. Changes nothing, and tells nothing to whoever never had the link. */
export const getLinkState = defineAction({
  name: 'account.linkState',
  summary:
    'Tells whether a mailed link is valid, expired, used, replaced by a newer one, void since a backup was restored, or damaged.',
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: LinkStateInput,
  output: LinkState,
  errors: [],

  handle: async ({ now }, { hashKey }) => ({ objectType: 'UsherLinkState' as const, ...(await linkStateOf(hashKey, now)) }),
})
