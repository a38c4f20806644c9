import { TOTP } from 'otpauth'
import { db, transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { insertLoginData, type LoginDataRow } from '@/db/queries/login-data'
import { putLoginSource } from '@/db/queries/login-sources'
import { insertPartner, updatePartner } from '@/db/queries/partners'
import { insertUser, type NewUser, type UserRow } from '@/db/queries/users'
import { rolePermissions, roles } from '@/db/schema/accounts'
import type { PartnerSettings } from '@/db/types'
import { type Context, newContext } from '@/lib/action/context'
import { newOtpSeed, sealSeed } from './otp'
import { sealSecret } from './partner'
import { hashPassword } from './password'

/** People and accounts for tests, made in the database itself: what is tested is never what made them. */

process.env.AUTH_SECRET ??= 'only-for-tests-only-for-tests-only-for-tests'
process.env.LOG_LEVEL ??= 'silent'

export const adminSecret = '0123456789abcdef0123456789abcdef'
export const userSecret = 'fedcba9876543210fedcba9876543210'
export const password = 'Tr4velling-light'

/** A moment for tests: 2026-01-05 12:00 UTC, at the beginning of a code's 30 seconds. */
export const noon = Date.UTC(2026, 0, 5, 12)

export const wire = (of: Partial<Context> = {}): Context => newContext({ origin: 'wire', now: noon, address: '192.0.2.1', ...of })

/** An account; answers its id. */
export async function makePartner(settings: PartnerSettings = {}, status = 1): Promise<number> {
  return acrossPartners(() =>
    transaction(async () => {
      const times = { createdAt: noon, updatedAt: noon }
      const { id } = await insertPartner({ name: 'Acme', status, adminSecrets: [], userSecret: '', settings, ...times })
      await updatePartner(id, { adminSecrets: [sealSecret(id, adminSecret)], userSecret: sealSecret(id, userSecret) })
      return id
    }),
  )
}

let rolesMade = 0

/** A role of the account with these permissions; answers its id. */
export async function makeRole(partnerId: number, permissions: string[]): Promise<number> {
  return acrossPartners(async () => {
    const times = { createdAt: noon, updatedAt: noon }
    const [role] = await db()
      .insert(roles)
      .values({ partnerId, name: `role-${++rolesMade}`, status: 1, ...times })
      .returning()
    if (!role) throw new Error('No role')
    await db()
      .insert(rolePermissions)
      .values(permissions.map((permission) => ({ partnerId, roleId: role.key, permission })))
    return role.key
  })
}

let people = 0

let hashOfPassword: Promise<string> | undefined
/** Computed once: most people of the tests have one password. */
const usualHash = () => (hashOfPassword ??= hashPassword(password))

/** A login with the password of the tests, or another. */
export async function makeLogin(
  partnerId: number,
  of: Partial<LoginDataRow> & { password?: string | null } = {},
): Promise<LoginDataRow> {
  const { password: given = password, ...row } = of
  const passwordHash = given === null ? null : await (given === password ? usualHash() : hashPassword(given))
  return acrossPartners(() =>
    insertLoginData({
      loginEmail: `person-${++people}@example.com`,
      configPartnerId: partnerId,
      passwordHash,
      passwordUpdatedAt: noon,
      previousPasswords: [],
      loginAttempts: 0,
      sessionsValidFrom: 0,
      createdAt: noon,
      updatedAt: noon,
      ...row,
    }),
  )
}

export async function makeUser(partnerId: number, of: Partial<NewUser> = {}): Promise<UserRow> {
  const id = of.id ?? `user-${++people}`
  return acrossPartners(() =>
    transaction(() =>
      insertUser({
        partnerId,
        id,
        screenName: id,
        isHashed: false,
        type: 0,
        status: 1,
        capabilities: [],
        userMode: 0,
        isAdmin: false,
        isGuest: false,
        isSsoExcluded: false,
        roleIds: '',
        lastLoginAt: 0,
        sessionsValidFrom: 0,
        createdAt: noon,
        updatedAt: noon,
        ...of,
      }),
    ),
  )
}

/** A user who can sign in with the password of the tests. */
export async function makePerson(partnerId: number, of: Partial<NewUser> = {}, login: Parameters<typeof makeLogin>[1] = {}) {
  const loginRow = await makeLogin(partnerId, login)
  const user = await makeUser(partnerId, { loginDataId: loginRow.id, email: loginRow.loginEmail, ...of })
  return { user, login: loginRow }
}

/** Locks a source of a login, as too many failures would. */
export function lockSource(login: Pick<LoginDataRow, 'id'>, source: string, until: number) {
  const row = { loginDataId: login.id, source, attempts: 10, blockedUntil: until, signedInAt: null, devices: [], seenAt: noon }
  return putLoginSource(row)
}

/** The code that an authenticator with this seed shows. */
export const codeAt = (secret: string, timestamp = noon) => new TOTP({ secret }).generate({ timestamp })

/** Columns of an enrolled authenticator, and its seed in clear. */
export function enrolled(loginEmail: string) {
  const seed = newOtpSeed(wire().random)
  return { seed, columns: { loginEmail, otpSeed: sealSeed(seed, loginEmail), otpConfirmedAt: noon } }
}
