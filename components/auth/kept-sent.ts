import { sendAgainAfter } from './link-sent'
import { forgetInTab, keepObjectInTab, objectKeptInTab } from './tab-memory'

/** That a link was asked for a moment ago, after the page was loaded again: until another may be. `at` is epoch milliseconds. */

export type SentLink = { email: string; at: number }

export function keepSent(email: string): SentLink {
  const sent = { email, at: Date.now() }
  keepObjectInTab('sentLink', sent)
  return sent
}

/** Null where nothing was asked for with this address, or that is a while ago. */
export function keptSent(email: string): SentLink | null {
  const kept = objectKeptInTab<SentLink>('sentLink')
  return kept?.email === email && Date.now() - kept.at < sendAgainAfter ? kept : null
}

export const forgetSent = () => forgetInTab('sentLink')
