import 'server-only'
import { toBuffer } from 'qrcode'
import type { LoginDataRow } from '@/db/queries/login-data'
import type { Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { homeOf } from './memberships'

/** What an authenticator reads of a login's seed (§6): the user where the login is at home, with the account as issuer. */
export async function otpauthOfLogin(login: LoginDataRow, seed: string) {
  const { partner, user } = await homeOf(login)
  return otpauthText(partner, user?.id ?? login.loginEmail, seed)
}

export function otpauthText(partner: Partner, userId: string, seed: string) {
  const label = `${userId}_${new URL(env().publicUrl).hostname}_KMC`
  return `otpauth://totp/${encodeURIComponent(label)}?secret=${seed}&issuer=${encodeURIComponent(partner.name)}`
}

/** A picture of the text: base64 of a PNG of 150 × 150, error correction M, drawn here. `ERROR_IN_QR_GENERATION`. */
export async function qrPicture(text: string): Promise<string> {
  const picture = await toBuffer(text, { type: 'png', width: 150, margin: 2, errorCorrectionLevel: 'M' }).catch(() => null)
  if (!picture) throw new ActionError('ERROR_IN_QR_GENERATION')
  return picture.toString('base64')
}
