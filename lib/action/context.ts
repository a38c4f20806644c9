import 'server-only'
import { randomBytes } from 'node:crypto'
import type { Gone } from '@/db/gone-caller'
import type { partners } from '@/db/schema/accounts'
import type { users } from '@/db/schema/people'
import { newRequestId } from '@/lib/id'
import type { Language } from '@/lib/language'
import type { Settings } from './partner-settings'
import { type Grants, grantsOf } from './permissions'

export type UserRow = typeof users.$inferSelect
export type PartnerRow = typeof partners.$inferSelect

/** The account that a call is about, its settings with defaults. */
export type Partner = { id: number; name: string; status: number; ownerKey: number | null; settings: Settings }

/** Who asks. */
export type Actor = { kind: 'anonymous'; grants: Grants } | { kind: 'operator'; grants: Grants } | SessionActor

/** The holder of a KS or of a browser session. */
export type SessionActor = {
  kind: 'user'
  /** Empty for a session without a user. */
  userId: string
  /** The stored user, unless there is none of this id. */
  user: UserRow | null
  /** The session's type is ADMIN; rights come from `grants`, not from this. */
  isAdminSession: boolean
  /** `secret`: started or signed with the partner's secret; `signIn`: by the person's own password. */
  source: 'secret' | 'signIn'
  privileges: string
  grants: Grants
  /** Epoch seconds. */
  expiresAt: number
  /** The token itself, for `session.end` and `loginByKs`; null for a browser session. */
  ks: string | null
  /** The key of the browser session's row; null for a KS. */
  browserSession: string | null
  /** When the person last gave the password to begin or renew the browser session, epoch milliseconds; null if not known, and for a KS. */
  provenAt: number | null
}

export type Origin = 'page' | 'wire' | 'cli' | 'usher'

/** All that an action may know of the request. Time and randomness come from here, so that tests can steer them. */
export type Context = {
  requestId: string
  origin: Origin
  /** The client's address, by the trusted hops only. */
  address: string
  userAgent: string | null
  /** What the caller reads; programs get the English of the contract. */
  language: Language
  /** Epoch milliseconds. */
  now: number
  random: (bytes: number) => Buffer
  actor: Actor
  partner: Partner | null
  /** Aborted when the caller goes away before the answer; null where nobody can. */
  gone: Gone | null
  /** Collects what the caller should know besides the answer; the wire sends them as `X-Usher-Notice`. */
  notices: string[]
  /** Under which id the browser's session goes on after this call, for its cookie; null where it keeps the one it has. */
  renewed: { sessionId: string | null }
}

/** The context of an action that needs a partner. */
export type PartnerContext = Context & { partner: Partner }

export const anonymous: Actor = { kind: 'anonymous', grants: grantsOf(['ALWAYS_ALLOWED_ACTIONS']) }
export const operator: Actor = { kind: 'operator', grants: grantsOf(['*']) }

/** A context of nobody in particular; a transport adds who asks and for which partner. */
export function newContext(of: Partial<Context> & { origin: Origin }): Context {
  return {
    requestId: newRequestId(),
    address: '',
    userAgent: null,
    language: 'en',
    now: Date.now(),
    random: randomBytes,
    actor: anonymous,
    partner: null,
    gone: null,
    notices: [],
    renewed: { sessionId: null },
    ...of,
  }
}
