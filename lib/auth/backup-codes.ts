import 'server-only'
import { createHmac } from 'node:crypto'
import type { LoginDataRow } from '@/db/queries/login-data'
import { replaceBackupCodes, takeBackupCode } from '@/db/queries/second-factor'
import type { Context } from '@/lib/action/context'
import { keyFor } from './seal'

/** Ten codes for whoever has lost the authenticator: each opens once, and all are shown once. */

const howMany = 10

/** Without 0, 1, l and o, which people mix up with others: 32 signs, so that a byte chooses evenly. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Gives the login ten new codes of 50 random bits, such as `k3mvq-7zhfa`, with the address that they are for; the former ones are over. */
export async function giveBackupCodes(
  ctx: Context,
  { id, loginEmail }: LoginDataRow,
): Promise<{ email: string; codes: string[] }> {
  const codes = Array.from({ length: howMany }, () => newCode(ctx.random))
  await replaceBackupCodes(
    id,
    codes.map((code) => hashOfCode(id, code)),
  )
  return { email: loginEmail, codes }
}

function newCode(random: (bytes: number) => Buffer) {
  const letters = [...random(10)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** Uses a backup code up; false for anything else. Case, blanks and the hyphen do not matter. */
export async function takeBackup(loginDataId: number, code: string): Promise<boolean> {
  const plain = code.toLowerCase().replace(/[\s-]/g, '')
  return isBackupCode(plain) && takeBackupCode(loginDataId, hashOfCode(loginDataId, plain))
}

const isBackupCode = (plain: string) => /^[a-z2-9]{10}$/.test(plain)

function hashOfCode(loginDataId: number, code: string) {
  return createHmac('sha256', keyFor('backup-code'))
    .update(`${loginDataId}:${code.replace('-', '')}`)
    .digest('hex')
}
