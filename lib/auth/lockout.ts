import 'server-only'
import { transaction } from '@/db/client'
import { findLoginDataForUpdate, type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import { clearLoginSources, findLoginSource, putLoginSource, updateLoginSource } from '@/db/queries/login-sources'
import { countRequest } from '@/db/queries/request-counts'
import type { Context } from '@/lib/action/context'
import type { Settings } from '@/lib/action/partner-settings'
import { languageOf } from '@/lib/language'
import { queueMail } from '@/lib/mail/outbox'
import { ownerOf } from './memberships'
import { resetSpan } from './reset-limit'
import { sourceOf } from './source-limit'

/**
 * Wrong attempts are counted for each login and source, so that whoever guesses locks himself out and not the person whose address
 * he knows. Docs: `docs/decisions/0012-lockout.md`.
 */

/** So many times the limit of one source may fail over all sources before strangers are slowed. */
const sourcesBeforeSlow = 10

/** Milliseconds for which a person is known at a source after a sign-in. */
export const knownFor = 90 * 24 * 60 * 60 * 1000

type Limits = Pick<Settings, 'maxLoginAttempts' | 'loginBlockPeriod'>

/** An attempt that was counted before it was made. The last allowed one locks its source at once; its success unlocks. */
export type Attempt = { isLast: boolean; giveBack: () => Promise<void>; clear: () => Promise<void> }

/**
 * Counts an attempt before anything is compared. The login is held meanwhile, so that attempts at once cannot pass a limit together.
 * Null while the source is locked, or has to wait.
 */
export function takeAttempt(ctx: Context, loginDataId: number, limits: Limits): Promise<Attempt | null> {
  const { now } = ctx
  const source = sourceOf(ctx.address)
  const lockedFor = limits.loginBlockPeriod * 1000
  const pause = Math.ceil(lockedFor / limits.maxLoginAttempts)

  return transaction(async () => {
    const login = await findLoginDataForUpdate(loginDataId)
    const here = await findLoginSource(loginDataId, source)
    if (!login || stands(here?.blockedUntil, now, lockedFor)) return null
    const isKnown = here?.signedInAt != null && now - here.signedInAt < knownFor
    if (!isKnown && stands(login.loginSlowedUntil, now, pause)) return null

    // A lock that is over has used its count up.
    const attempts = (here && here.blockedUntil === null ? here.attempts : 0) + 1
    const isLast = attempts >= limits.maxLoginAttempts
    await putLoginSource({
      loginDataId,
      source,
      devices: here?.devices ?? [],
      signedInAt: here?.signedInAt ?? null,
      attempts,
      blockedUntil: isLast ? now + lockedFor : null,
      seenAt: now,
    })
    const everywhere = login.loginAttempts + 1
    const isSlow = everywhere >= limits.maxLoginAttempts * sourcesBeforeSlow
    await updateLoginData(loginDataId, { loginAttempts: everywhere, loginSlowedUntil: isSlow ? now + pause : null })
    return { isLast, giveBack: () => giveBack(loginDataId, source), clear: () => clear(loginDataId, source) }
  })
}

/** Writes for an address that nobody signs in with, too: what keeps attempts from being counted must not tell who is known (A09). */
export async function takeAttemptOnNobody({ address, now }: Context) {
  await countRequest(`nobody:${sourceOf(address)}`, { span: resetSpan, now })
}

/** Whether this source is locked for the login, for what needs no password: nothing is counted. */
export async function isLocked(ctx: Context, loginDataId: number, { loginBlockPeriod }: Limits): Promise<boolean> {
  const here = await findLoginSource(loginDataId, sourceOf(ctx.address))
  return stands(here?.blockedUntil, ctx.now, loginBlockPeriod * 1000)
}

/** A lock longer than it can have been set comes from a clock that was ahead (R17). */
function stands(until: number | null | undefined, now: number, longest: number) {
  return until != null && until > now && until - now <= longest
}

/** For an attempt that was right so far but refused for another reason. */
function giveBack(loginDataId: number, source: string) {
  return transaction(async () => {
    const login = await findLoginDataForUpdate(loginDataId)
    const here = await findLoginSource(loginDataId, source)
    if (!login || !here) return
    await updateLoginSource(loginDataId, source, { attempts: Math.max(0, here.attempts - 1), blockedUntil: null })
    await updateLoginData(loginDataId, { loginAttempts: Math.max(0, login.loginAttempts - 1), loginSlowedUntil: null })
  })
}

/** After a success. Other sources stay as they are: they have guessed. */
function clear(loginDataId: number, source: string) {
  return transaction(async () => {
    await updateLoginData(loginDataId, { loginAttempts: 0, loginSlowedUntil: null })
    await updateLoginSource(loginDataId, source, { attempts: 0, blockedUntil: null })
  })
}

/** Forgets every failure of a login, as after a completed reset. Inside a transaction that holds the login. */
export async function unlock(loginDataId: number) {
  await updateLoginData(loginDataId, { loginAttempts: 0, loginSlowedUntil: null, loginBlockedUntil: null })
  await clearLoginSources(loginDataId)
}

/** Tells the person that a source was locked: once while any lock stands. Inside the transaction that records the refusal. */
export async function tellOfLock(ctx: Context, { id }: LoginDataRow, { loginBlockPeriod }: Limits) {
  const login = await findLoginDataForUpdate(id)
  if (!login || loginBlockPeriod === 0) return
  const until = ctx.now + loginBlockPeriod * 1000
  await updateLoginData(id, { loginBlockedUntil: until })
  if (stands(login.loginBlockedUntil, ctx.now, loginBlockPeriod * 1000)) return
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  const params = { ...about, until, address: ctx.address }
  // Whoever guesses causes it, and must not choose how its reader is spoken to.
  await queueMail(here, { event: 'locked', recipient, language: languageOf(language) ?? 'en', params })
}
