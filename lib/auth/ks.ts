import 'server-only'
import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { itemsOf } from '@/db/comma-list'

/** Kaltura sessions (§2.6): written as version 2, read as version 1 or 2. */

export type KsFields = {
  partnerId: number
  /** Epoch seconds. */
  expiry: number
  /** 0 USER, 2 ADMIN; 1 counts as ADMIN. */
  type: number
  userId: string
  privileges: string
  masterPartnerId?: string
  additionalData?: string
}

export type DecodedKs = KsFields & { version: 1 | 2 }

const sha1 = (...parts: (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha1')).digest()

const ownFields = new Set(['_e', '_t', '_u', '_m', '_d'])

/** A KS of version 2, signed with an admin secret; `random` is 16 bytes. */
export function encodeKsV2(fields: KsFields, secret: string, random: Buffer) {
  const body = Buffer.concat([random, Buffer.from(queryOf(fields), 'ascii')])
  const plain = Buffer.concat([sha1(body), body])
  const padded = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)])
  const cipher = createCipheriv('aes-128-cbc', keyOf(secret), Buffer.alloc(16)).setAutoPadding(false)
  const sealed = Buffer.concat([Buffer.from(`v2|${fields.partnerId}|`), cipher.update(padded), cipher.final()])
  return sealed.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

/** A KS of version 1; `rand` is any text without `;`. */
export function encodeKsV1(fields: KsFields, secret: string, rand: string) {
  const { partnerId, expiry, type, userId, privileges, masterPartnerId = '', additionalData = '' } = fields
  const info = [partnerId, partnerId, expiry, type, rand, userId, privileges, masterPartnerId, additionalData].join(';')
  return Buffer.from(`${sha1(secret, info).toString('hex')}|${info}`).toString('base64')
}

/** The partner that a token claims to be of, before anything is checked; null for anything but a KS. */
export function claimedPartner(token: string): number | null {
  const bytes = bytesOf(token)
  return (bytes && (isV2(bytes) ? partsOfV2(bytes)?.partnerId : partsOfV1(bytes)?.fields.partnerId)) || null
}

/** What the token says, if one of the secrets signed it exactly so; else null. Expiry is not judged here. */
export function decodeKs(token: string, secrets: readonly string[]): DecodedKs | null {
  const bytes = bytesOf(token)
  if (!bytes) return null
  const decode = isV2(bytes) ? decodeV2 : decodeV1
  for (const secret of secrets) {
    const decoded = decode(bytes, secret)
    if (decoded) return decoded
  }
  return null
}

/** The bytes of either base64 alphabet. Another spelling of the same bytes is refused: one session has one token. */
function bytesOf(token: string) {
  if (token.length > 16_384 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(token)) return null
  const standard = token.replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Buffer.from(standard, 'base64')
  return bytes.toString('base64').replace(/=+$/, '') === standard.replace(/=+$/, '') ? bytes : null
}

const isV2 = (bytes: Buffer) => bytes.subarray(0, 3).toString('latin1') === 'v2|'

function partsOfV2(bytes: Buffer) {
  const end = bytes.indexOf('|', 3)
  const partner = bytes.subarray(3, end).toString('latin1')
  const sealed = bytes.subarray(end + 1)
  if (end < 0 || !/^[1-9]\d{0,9}$/.test(partner) || sealed.length < 48 || sealed.length % 16 !== 0) return null
  return { partnerId: Number(partner), sealed }
}

function decodeV2(bytes: Buffer, secret: string): DecodedKs | null {
  const parts = partsOfV2(bytes)
  if (!parts) return null
  const decipher = createDecipheriv('aes-128-cbc', keyOf(secret), Buffer.alloc(16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(parts.sealed), decipher.final()])
  const plain = padded.subarray(0, padded.findLastIndex((byte) => byte !== 0) + 1)
  if (plain.length < 36 || !timingSafeEqual(plain.subarray(0, 20), sha1(plain.subarray(20)))) return null
  return { version: 2, partnerId: parts.partnerId, ...fieldsOf(plain.subarray(36).toString('latin1')) }
}

function fieldsOf(query: string): Omit<KsFields, 'partnerId'> {
  const values = new Map(new URLSearchParams(query))
  const privileges = [...values].filter(([name]) => !ownFields.has(name))
  return {
    expiry: wholeOr(values.get('_e'), 0),
    type: wholeOr(values.get('_t'), 0),
    userId: values.get('_u') ?? '',
    privileges: privilegesText(privileges),
    masterPartnerId: values.get('_m'),
    additionalData: values.get('_d'),
  }
}

function privilegesText(privileges: [string, string][]) {
  const [only] = privileges
  if (privileges.length === 1 && only?.[0] === 'all' && only[1] === '*') return '*'
  return privileges.map(([name, value]) => (value === '' ? name : `${name.replace(/[. ]/g, '_')}:${value}`)).join(',')
}

function partsOfV1(bytes: Buffer) {
  const text = bytes.toString('utf8')
  const [hash = '', info] = [text.slice(0, 40), text[40] === '|' ? text.slice(41) : undefined]
  if (info === undefined || !/^[0-9a-f]{40}$/.test(hash)) return null
  const [partner = '', , expiry, type, , userId = '', privileges = '', masterPartnerId, additionalData] = info.split(';')
  if (!/^[1-9]\d{0,9}$/.test(partner) || expiry === undefined) return null
  const fields = { partnerId: Number(partner), expiry: wholeOr(expiry, 0), type: wholeOr(type, 0), userId, privileges }
  return {
    hash,
    info: bytes.subarray(41),
    fields: { ...fields, masterPartnerId: masterPartnerId || undefined, additionalData: additionalData || undefined },
  }
}

function decodeV1(bytes: Buffer, secret: string): DecodedKs | null {
  const parts = partsOfV1(bytes)
  if (!parts || !timingSafeEqual(sha1(secret, parts.info), Buffer.from(parts.hash, 'hex'))) return null
  return { version: 1, ...parts.fields }
}

const keyOf = (secret: string) => sha1(secret).subarray(0, 16)

function queryOf({ privileges, expiry, type, userId, masterPartnerId, additionalData }: KsFields) {
  const own: [string, string | undefined][] = [
    ['_e', String(expiry)],
    ['_t', String(type)],
    ['_u', userId],
    ['_m', masterPartnerId],
    ['_d', additionalData],
  ]
  return [...privilegePairs(privileges), ...own]
    .flatMap(([name, value]) => (value === undefined ? [] : `${encoded(name)}=${encoded(value)}`))
    .join('&')
}

/** Names that the format uses itself cannot be asked for; a repeated name keeps all its values. */
function privilegePairs(privileges: string): [string, string][] {
  const merged = new Map<string, string>()
  for (const [name, value] of splitPrivileges(privileges)) {
    const former = merged.get(name)
    if (!ownFields.has(name)) merged.set(name, former ? `${former}/${value}` : value)
  }
  return [...merged]
}

/** `name:value,name2` → pairs, as the contract splits them; a lone `*` is `all:*`. */
export function splitPrivileges(privileges: string): [string, string][] {
  return itemsOf(privileges).map((item) => {
    if (item === '*') return ['all', '*']
    const colon = item.indexOf(':')
    return colon < 0 ? [item, ''] : [item.slice(0, colon), item.slice(colon + 1)]
  })
}

function encoded(text: string) {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!~*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

const wholeOr = (text: string | undefined, fallback: number) => (text && /^-?\d{1,15}$/.test(text) ? Number(text) : fallback)
