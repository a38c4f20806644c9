import 'server-only'
import { LRUCache } from 'lru-cache'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { findPartnerRow } from '@/db/queries/partners'
import { countUse, everySessionValidFrom, isRevoked } from '@/db/queries/sessions'
import { findNewestUser, findUser, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import { untilChanged } from '@/db/until-changed'
import type { Context, Partner, SessionActor } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { hashOf } from '@/lib/id'
import { claimedPartner, type DecodedKs, decodeKs } from './ks'
import { findPartner, isOpen, secretsOf, toPartner } from './partner'
import { type Privileges, readPrivileges } from './privileges'
import { grantsOfSession } from './session-grants'

type Call = { action: string; uri: string; requestedPartnerId?: number }

type Reason =
  | 'INVALID_STR'
  | 'EXPIRED'
  | 'EXCEEDED_RESTRICTED_IP'
  | 'EXCEEDED_RESTRICTED_URI'
  | 'LOGOUT'
  | 'INVALID_USER'
  | 'EXCEEDED_ACTIONS_LIMIT'

/** What a token is, whatever it is used for: `isEnded` by a sign-out, and its holder once somebody asked. */
type Token = { decoded: DecodedKs; partner: Partner; privileges: Privileges; isEnded: boolean; actor?: SessionActor }

// Most calls come between two changes of anything, with a token that was asked about a moment ago.
const tokens = untilChanged<Token>(5_000)

/** The context of whoever holds this KS, checked in the order of the contract (§2.1); roles as in §2.2, other accounts as in §2.5. */
export async function withKs(ctx: Context, ks: string, call: Call): Promise<Context> {
  const token = await tokens(ks, () => readToken(ks))
  const { decoded, partner, privileges } = token
  await refuseOver(ctx, ks, token, call)
  if (!isOpen(partner)) throw new ActionError('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  await refuseOtherPartner(partner, call)

  token.actor ??= await withPartner(partner.id, () => actorOf(ks, decoded, partner, privileges))
  return { ...ctx, partner, actor: token.actor }
}

/**
 * Whether a KS was signed here and is not over, for what has to be known before a request is read to its end: nothing is counted, and
 * whether the session was ended is asked later. `MISSING_KS` for none, `INVALID_KS`.
 */
export async function refuseUnsigned(ctx: Context, ks: string) {
  if (!ks) throw new ActionError('MISSING_KS')
  const { decoded } = await authenticKs(ks)
  if (decoded.expiry * 1000 <= ctx.now) throw invalidKs(ks, 'EXPIRED')
}

/** Without a KS a partner id only selects the account: `SERVICE_FORBIDDEN_CONTENT_BLOCKED` if there is none or it is closed. */
export async function withRequestedPartner(ctx: Context, partnerId: number): Promise<Context> {
  const partner = await findPartner(partnerId)
  if (!partner || !isOpen(partner)) throw new ActionError('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  return { ...ctx, partner }
}

/** The moment that relative times of a call count from (§2.7), epoch milliseconds. */
export function referenceTime({ actor, now }: Context) {
  const given = actor.kind === 'user' ? Number(readPrivileges(actor.privileges).get('reftime')?.[0]) : Number.NaN
  return Number.isSafeInteger(given) ? given * 1000 : now
}

/** `INVALID_KS` as old clients know it: the reason stands where the token would (§2.1). */
export function invalidKs(ks: string, reason: Reason) {
  const shown = reason === 'INVALID_STR' ? ks.slice(0, 8) : reason
  const error = new ActionError('INVALID_KS', { KSID: shown, ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' })
  error.reason = reason
  return error
}

const decodedTokens = new LRUCache<string, { decoded: DecodedKs; secrets: string }>({ max: 5_000 })

async function authenticKs(ks: string) {
  const partnerId = claimedPartner(ks)
  const row = partnerId === null ? null : await findPartnerRow(partnerId)
  if (!row) throw invalidKs(ks, 'INVALID_STR')
  const partner = toPartner(row)
  const secrets = secretsOf(row).admin

  const known = decodedTokens.get(ks)
  const decoded = known?.secrets === secrets.join() ? known.decoded : decodeKs(ks, secrets)
  const isAccepted = decoded !== null && (decoded.version === 2 || partner.settings.acceptKsVersion1)
  if (!isAccepted) throw invalidKs(ks, 'INVALID_STR')
  decodedTokens.set(ks, { decoded, secrets: secrets.join() })
  return { decoded, partner }
}

async function readToken(ks: string): Promise<Token> {
  const { decoded, partner } = await authenticKs(ks)
  const privileges = readPrivileges(decoded.privileges)
  const hashes = [tokenHash(ks), sessionHash(privileges) ?? ''] as const
  const isEnded = await withPartner(partner.id, () => isRevoked(partner.id, ...hashes))
  return { decoded, partner, privileges, isEnded }
}

async function refuseOver(ctx: Context, ks: string, { decoded, privileges, isEnded }: Token, { uri }: Call) {
  const { partnerId, expiry } = decoded
  if (expiry * 1000 <= ctx.now) throw invalidKs(ks, 'EXPIRED')
  const addresses = privileges.get('iprestrict')
  if (addresses && !addresses.includes(ctx.address)) throw invalidKs(ks, 'EXCEEDED_RESTRICTED_IP')
  const uris = privileges.get('urirestrict')
  if (uris && !uris.some((allowed) => fitsUri(allowed, uri))) throw invalidKs(ks, 'EXCEEDED_RESTRICTED_URI')
  if (isEnded) throw invalidKs(ks, 'LOGOUT')

  const limit = privileges.get('actionslimit')?.[0]
  if (limit === undefined) return
  const use = { partnerId, tokenHash: tokenHash(ks), expiresAt: expiry * 1000 }
  const uses = await withPartner(partnerId, () => countUse(use))
  if (!(uses <= Number(limit))) throw invalidKs(ks, 'EXCEEDED_ACTIONS_LIMIT')
}

function fitsUri(allowed: string, uri: string) {
  return allowed.endsWith('*') ? uri.startsWith(allowed.slice(0, -1)) : uri === allowed
}

/** Only the account of the KS: nobody is given rights over another one. */
async function refuseOtherPartner(partner: Partner, { requestedPartnerId, action }: Call) {
  if (requestedPartnerId === undefined || requestedPartnerId === partner.id) return
  const requested = await findPartner(requestedPartnerId)
  if (!requested || !isOpen(requested)) throw new ActionError('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  throw forbidden(action)
}

async function actorOf(ks: string, decoded: DecodedKs, partner: Partner, privileges: Privileges): Promise<SessionActor> {
  const { source, issuedAt } = issueOf(decoded)
  const user = decoded.userId ? await findUser(partner.id, decoded.userId) : null
  if (user?.status === userStatus.blocked) throw new ActionError('USER_BLOCKED')
  if (!user && source === 'signIn') throw invalidKs(ks, 'INVALID_USER')
  if (!user && (await wasEnded(partner.id, decoded.userId, issuedAt))) throw invalidKs(ks, 'LOGOUT')
  if (user && issuedAt !== null && issuedAt < validFrom(user, source)) throw invalidKs(ks, 'LOGOUT')
  return {
    kind: 'user',
    userId: decoded.userId,
    user,
    isAdminSession: decoded.type >= 1,
    source,
    privileges: decoded.privileges,
    grants: await grantsOfSession(partner, user, decoded.type, privileges),
    expiresAt: decoded.expiry,
    ks,
    browserSession: null,
    provenAt: null,
  }
}

/**
 * A session of nobody whom there is: one that was issued for somebody who has been deleted since does not fall back to the rights of
 * nobody in particular, and none is older than the end of all.
 */
async function wasEnded(partnerId: number, userId: string, issuedAt: number | null) {
  if (issuedAt === null) return false
  const deleted = userId ? await findNewestUser(partnerId, userId) : null
  return issuedAt < Math.max(deleted?.sessionsValidFrom ?? 0, await everySessionValidFrom())
}

/** A person's own sessions are no older than the person: the id may have been somebody else's before. */
export function validFrom(user: UserRow, source: 'signIn' | 'secret') {
  return source === 'signIn' ? Math.max(user.sessionsValidFrom, user.createdAt) : user.sessionsValidFrom
}

/** Who made the session and when (epoch milliseconds). One signed elsewhere with the account's secret does not say when. */
export function issueOf({ additionalData }: DecodedKs): { source: 'signIn' | 'secret'; issuedAt: number | null } {
  const [, source, at] = /^(signIn|secret)\.(\d{1,15})(?:\.[\w-]{43})?$/.exec(additionalData ?? '') ?? []
  return source === 'signIn' || source === 'secret' ? { source, issuedAt: Number(at) } : { source: 'secret', issuedAt: null }
}

/** The same for every spelling of a token: both alphabets, with padding or without. */
export const tokenHash = (ks: string) => hashOf(ks.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))

/** All tokens with the same session id end together. */
export function sessionHash(privileges: Privileges) {
  const id = privileges.get('sessionid')?.join('/')
  return id === undefined ? null : sessionIdHash(id)
}

export const sessionIdHash = (id: string) => hashOf(`sessionid:${id}`)

/** What a token says without being used: for `session.get`. Null if no secret of its account signed it. */
export async function readKs(ks: string): Promise<DecodedKs | null> {
  return acrossPartners(() => authenticKs(ks)).then(
    ({ decoded }) => decoded,
    (error) => {
      if (error instanceof ActionError) return null
      throw error
    },
  )
}
