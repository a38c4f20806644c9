import 'server-only'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { findLoginDataForUpdate, type LoginDataRow } from '@/db/queries/login-data'
import { listAdminsWithLogin } from '@/db/queries/users'
import type { Context, Partner } from '@/lib/action/context'
import { env } from '@/lib/env'
import { queueMail } from '@/lib/mail/outbox'
import { giveHashKey, isExpired, purposeOf } from './hash-key'
import { ownerOf } from './memberships'

/** Mails a link to enrol an authenticator, which counts for nothing until then (type 140, §7). Inside a transaction that holds the login. */
export async function inviteToEnrol(ctx: Context, login: LoginDataRow) {
  const { key, expiresAt } = await giveHashKey(ctx, login, 'enrolment')
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  const params = { ...about, link: `${env().publicUrl}/enrol/${key}`, expiresAt }
  await queueMail(here, { event: 'enrol-second-factor', recipient, language, params })
}

type Mode = Partner['settings']['secondFactor']

const covers = (mode: Mode) => mode === 'all' || mode === 'admins'

/**
 * When an account begins to ask its administrators for codes: invites those who can sign in and have no authenticator. Who is on the way
 * to set a password is led to it from there, and keeps his link. Inside the transaction of the change.
 */
export async function inviteAdmins(ctx: Context, partnerId: number, before: Mode | undefined, after: Mode | undefined) {
  if (!covers(after ?? 'none') || covers(before ?? 'none')) return
  const admins = await withPartner(partnerId, () => listAdminsWithLogin(partnerId))
  await acrossPartners(async () => {
    for (const { loginDataId } of admins) {
      const login = loginDataId === null ? null : await findLoginDataForUpdate(loginDataId)
      if (login && login.passwordHash !== null && login.otpConfirmedAt === null && !isResetting(login, ctx.now)) {
        await inviteToEnrol(ctx, login)
      }
    }
  })
}

const isResetting = (login: LoginDataRow, now: number) =>
  login.hashKeyHash !== null && purposeOf(login) === 'password' && !isExpired(login, now)
