import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'

/** The official client as an integrator has it, and sessions that he makes himself. */

export type Account = { partnerId: number; adminSecret: string; userSecret: string; adminUserId: string }

export const { session, user } = kaltura.services

/** A call that the client has no method for, or is too careful to make. */
export const raw = (service: string, action: string, params: object = {}) => new kaltura.RequestBuilder(service, action, params)

/** A client of its own, with a session if one is given. */
export function clientOf(address: string, ks?: string): Client {
  const config = new kaltura.Configuration()
  config.serviceUrl = address
  config.setLogger({ log() {}, debug() {}, error() {} })
  const client = new kaltura.Client(config)
  if (ks) client.setKs(ks)
  return client
}

type Session = { userId?: string; type?: 0 | 2; privileges?: string; expiry?: number }

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

/** A session of version 1: the SHA-1 of the secret and what it says, before what it says. */
export function ksVersion1({ partnerId, adminSecret }: Account, of: Session = {}) {
  const { userId = '', type = 2, privileges = '', expiry = inAnHour() } = of
  const says = [partnerId, partnerId, expiry, type, Date.now() / 1000, userId, privileges, '', ''].join(';')
  const signature = createHash('sha1')
    .update(adminSecret + says)
    .digest('hex')
  return Buffer.from(`${signature}|${says}`).toString('base64')
}

/** A session of version 2: what it says, sealed with the secret. */
export function ksVersion2({ partnerId, adminSecret }: Account, of: Session = {}) {
  const { userId = '', type = 2, privileges = '', expiry = inAnHour() } = of
  const says = new URLSearchParams(privileges.split(',').filter(Boolean).map(nameAndValue))
  for (const [name, value] of Object.entries({ _e: expiry, _t: type, _u: userId })) says.append(name, String(value))

  const body = Buffer.concat([randomBytes(16), Buffer.from(says.toString())])
  const plain = Buffer.concat([createHash('sha1').update(body).digest(), body])
  const padded = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)])
  const key = createHash('sha1').update(adminSecret).digest().subarray(0, 16)
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  const sealed = Buffer.concat([Buffer.from(`v2|${partnerId}|`), cipher.update(padded), cipher.final()])
  return sealed.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

function nameAndValue(privilege: string): [string, string] {
  const colon = privilege.indexOf(':')
  return colon < 0 ? [privilege, ''] : [privilege.slice(0, colon), privilege.slice(colon + 1)]
}

export type ApiError = { code: string; message: string; args: unknown; objectType: string }

/** What a call is refused with; fails if it is accepted. */
export async function errorOf(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.then(
    (answer) => ({ answer }),
    (error: ApiError) => ({ error }),
  )
  if ('answer' in outcome) throw new Error(`It was accepted: ${JSON.stringify(outcome.answer).slice(0, 300)}`)
  return outcome.error
}

/** A call is refused by exactly this: the client sees the answer only at HTTP 200. */
export async function expectError(call: Promise<unknown>, code: string, args: unknown) {
  expect(await errorOf(call)).toEqual({ code, args, message: expect.stringMatching(/./), objectType: 'KalturaAPIException' })
}
