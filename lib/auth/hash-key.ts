import 'server-only'
import { findLoginDataById, findLoginInvitation, type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import type { FormerHashKey, LinkPurpose } from '@/db/types'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { hashOf, sameSecret } from '@/lib/id'

/** Keys in mail links (§4.4). A login has one at a time, for one purpose: to set a password, or to enrol an authenticator. */
export type KeyPurpose = 'password' | 'enrolment'

/** Seconds that a link is good for (§3.7). */
const lifeOf: Record<KeyPurpose, number> = { password: 86_400, enrolment: 259_200 }

/** So many old links can explain themselves. */
const mostFormer = 10

/**
 * A key for a mail link: base64 of `login data id|expiry|40 hex digits`; only its hash is kept. `now` and `expiresAt` are epoch
 * milliseconds.
 */
export function newHashKey(
  loginDataId: number,
  now: number,
  random: (bytes: number) => Buffer,
  purpose: KeyPurpose = 'password',
) {
  const expiresAt = now + lifeOf[purpose] * 1000
  const text = `${loginDataId}|${Math.floor(expiresAt / 1000)}|${random(20).toString('hex')}`
  return { key: Buffer.from(text).toString('base64'), keyHash: hashOf(text), expiresAt }
}

/** Gives the login a new key, which ends the one before. Inside a transaction that holds the login. */
export async function giveHashKey(ctx: Context, login: LoginDataRow, purpose: KeyPurpose) {
  const { key, keyHash, expiresAt } = newHashKey(login.id, ctx.now, ctx.random, purpose)
  await updateLoginData(login.id, {
    ...withoutHashKey(login, 'replaced'),
    hashKeyHash: keyHash,
    hashKeyExpiresAt: expiresAt,
    hashKeyPurpose: purpose,
  })
  return { key, expiresAt }
}

/** The changes that end the login's key, if it has one. */
export function withoutHashKey(login: LoginDataRow, state: FormerHashKey['state']) {
  return withoutKeys(login, login.hashKeyHash ? [{ hash: login.hashKeyHash, purpose: purposeOf(login) }] : [], state)
}

type EndedKey = { hash: string; purpose: LinkPurpose }

/** The same, with keys of other kinds that were mailed to the login remembered too, all of which are given. */
export function withoutKeys({ formerHashKeys }: LoginDataRow, keys: EndedKey[], state: FormerHashKey['state']) {
  const ended = keys.map(({ hash, purpose }) => ({ hash, purpose, state }))
  const former = [...ended, ...(formerHashKeys ?? [])].slice(0, mostFormer)
  return { hashKeyHash: null, hashKeyExpiresAt: null, hashKeyPurpose: null, formerHashKeys: former }
}

type Question = {
  /** What the key must be for; without it any key will do. */
  purpose?: KeyPurpose
  now: number
  /** How the login is read: `findLoginDataForUpdate` holds it. */
  find?: (id: number) => Promise<LoginDataRow | null>
}

/**
 * The login whose current key this is. `LOGIN_DATA_NOT_FOUND`, `NEW_PASSWORD_HASH_KEY_INVALID` (also for another purpose),
 * `NEW_PASSWORD_HASH_KEY_EXPIRED`, in the order of the contract.
 */
export async function loginOfKey(key: string, { purpose, now, find = findLoginDataById }: Question): Promise<LoginDataRow> {
  const named = readHashKey(key)
  const login = named && (await find(named.loginDataId))
  if (!named || login?.setAsideAt !== null) throw new ActionError('LOGIN_DATA_NOT_FOUND')
  const isOther = purpose !== undefined && purposeOf(login) !== purpose
  if (!isCurrent(login, named.keyHash) || isOther) throw new ActionError('NEW_PASSWORD_HASH_KEY_INVALID')
  if (isExpired(login, now)) throw new ActionError('NEW_PASSWORD_HASH_KEY_EXPIRED')
  return login
}

export const purposeOf = (login: LoginDataRow): KeyPurpose => login.hashKeyPurpose ?? 'password'

/** What an open link that `linkStateOf` knows is for; invitations have keys of their own. */
type OpenPurpose = KeyPurpose | 'invitation'

export type LinkState = 'valid' | 'expired' | FormerHashKey['state'] | 'damaged'

/** Why a link does not work. Whoever never had a link of this login learns nothing: to him it is `damaged`. */
export async function linkStateOf(key: string, now: number): Promise<{ state: LinkState; purpose: OpenPurpose | null }> {
  const named = readHashKey(key)
  const login = named && (await findLoginDataById(named.loginDataId))
  if (!named || login?.setAsideAt !== null) return { state: 'damaged', purpose: null }
  const invitation = await findLoginInvitation(login.id, named.keyHash)
  if (invitation) return { state: invitation.expiresAt < now ? 'expired' : 'valid', purpose: 'invitation' }
  if (isCurrent(login, named.keyHash)) return { state: isExpired(login, now) ? 'expired' : 'valid', purpose: purposeOf(login) }
  return { state: formerOf(login, named.keyHash)?.state ?? 'damaged', purpose: null }
}

/**
 * Whose link it was and what it was for, where it was mailed and works no more; null for one that is good, that nobody got, or that leads to
 * another account or address. `find` may hold the login.
 */
export async function findLapsedLink(
  key: string,
  now: number,
  find = findLoginDataById,
): Promise<{ login: LoginDataRow; purpose: KeyPurpose } | null> {
  const named = readHashKey(key)
  const login = named && (await find(named.loginDataId))
  if (!named || login?.setAsideAt !== null) return null
  if (isCurrent(login, named.keyHash)) return isExpired(login, now) ? { login, purpose: purposeOf(login) } : null
  const former = formerOf(login, named.keyHash)
  const purpose = former && (former.purpose ?? 'password')
  return purpose === 'password' || purpose === 'enrolment' ? { login, purpose } : null
}

/**
 * Reads the text of a key as leniently as the contract: mail gateways turn `=` into `.` or lose it, and add characters of their
 * own. Null when it has not three parts.
 */
export function readHashKey(key: string): { loginDataId: number; keyHash: string } | null {
  const text = textOf(key)
  const [id = '', ...rest] = text.split('|')
  if (rest.length !== 2 || !/^[1-9]\d{0,14}$/.test(id)) return null
  return { loginDataId: Number(id), keyHash: hashOf(text) }
}

/** Whether a key has the form of ours, whoever made it; one that a mail program has cut short has not. */
export const isWholeKey = (key: string) => /^[1-9]\d{0,14}\|\d{1,12}\|[0-9a-f]{40}$/.test(textOf(key))

const textOf = (key: string) => Buffer.from(key.replace(/[^A-Za-z0-9+/]/g, ''), 'base64').toString()

const formerOf = ({ formerHashKeys }: LoginDataRow, keyHash: string) =>
  formerHashKeys?.find(({ hash }) => sameSecret(hash, keyHash))

const isCurrent = (login: LoginDataRow, keyHash: string) => login.hashKeyHash !== null && sameSecret(login.hashKeyHash, keyHash)

export const isExpired = (login: LoginDataRow, now: number) => (login.hashKeyExpiresAt ?? 0) < now
