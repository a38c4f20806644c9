import type { RuleSettings } from '@/lib/auth/password-rules'
import { forgetInTab, keepObjectInTab, objectKeptInTab } from './tab-memory'

/** By which rules somebody whose password is too old chooses the next one: from the sign-in, which may ask for them, to the page of that. */

type Kept = { email: string; settings: RuleSettings }

const plain = (email: string) => email.trim().toLowerCase()

export const keepRules = (email: string, settings: RuleSettings) =>
  keepObjectInTab('expiredRules', { email: plain(email), settings } satisfies Kept)

/** Null where they are not known, or are somebody else's. */
export function keptRules(email: string): RuleSettings | null {
  const kept = objectKeptInTab<Kept>('expiredRules')
  return kept && kept.email === plain(email) ? kept.settings : null
}

export const forgetRules = () => forgetInTab('expiredRules')
