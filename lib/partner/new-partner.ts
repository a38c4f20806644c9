import 'server-only'
import { transaction } from '@/db/client'
import { withPartner } from '@/db/partner-guard'
import { findLoginData, findLoginDataById } from '@/db/queries/login-data'
import { insertPartner, updatePartner } from '@/db/queries/partners'
import { fullNameOf, insertUser, updateUser } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { partnerSettings } from '@/lib/action/partner-settings'
import { recordChange } from '@/lib/audit/record-change'
import { enableLogin, prepareLogin } from '@/lib/auth/enable-login'
import { loginEmailOf } from '@/lib/auth/login-email'
import { sealSecret } from '@/lib/auth/partner'
import { verifyPassword, withHashRoom } from '@/lib/auth/password'
import { userIdPattern } from '@/lib/user/schema'

export type NewPartner = {
  name: string
  adminEmail: string
  adminPassword?: string
  adminFirstName?: string
  adminLastName?: string
}

const active = 1
const names = { loginId: 'adminEmail', password: 'adminPassword' }

/**
 * Makes an account with its owner, who signs in with `adminEmail`. If that is an existing login, its person owns this account too, with
 * the password that he has. Answers the secrets, 32 hex digits each; they are kept sealed.
 */
export async function createPartner(ctx: Context, input: NewPartner, action: string) {
  const { name, adminEmail, adminFirstName: firstName, adminLastName: lastName } = input
  // The operator vouches for the person, so an existing login is linked without asking.
  const settings = { ...partnerSettings({}), linkLoginsAcrossPartners: true }
  const draft = { ...ctx, partner: { id: 0, name, status: active, ownerKey: null, settings } }
  const person = { firstName, lastName }
  const password = (await hasOwnPassword(input)) ? null : input.adminPassword || null
  const login = await prepareLogin({ ctx: draft, loginId: adminEmail, password, person, names })
  const adminSecret = ctx.random(16).toString('hex')
  const userSecret = ctx.random(16).toString('hex')

  return transaction(async () => {
    const times = { createdAt: ctx.now, updatedAt: ctx.now }
    const partner = await insertPartner({
      name,
      status: active,
      adminName: fullNameOf(person) || null,
      adminEmail,
      adminSecrets: [],
      userSecret: '',
      settings: {},
      ...times,
    })
    const here = { ...draft, partner: { ...draft.partner, id: partner.id } }

    return withPartner(partner.id, async () => {
      const added = await insertUser({ ...ownerRow(input), partnerId: partner.id, ...times })
      const linked = await enableLogin(login, added, here)
      // Somebody may have taken the address since it was looked for, with a password of his own.
      const stored = linked.loginDataId === null ? null : await findLoginDataById(linked.loginDataId)
      if (!stored || (login.passwordHash && stored.passwordHash !== login.passwordHash)) throw otherPassword()
      const owner = await updateUser(added, { loginDataId: stored.id })
      await updatePartner(partner.id, {
        ownerKey: owner.key,
        adminSecrets: [sealSecret(partner.id, adminSecret)],
        userSecret: sealSecret(partner.id, userSecret),
      })
      await recordChange(here, {
        action,
        target: { type: 'partner', id: String(partner.id), key: partner.id },
        after: { name, adminEmail },
      })
      return { partnerId: partner.id, adminSecret, userSecret, adminUserId: owner.id }
    })
  })
}

/** Whether the owner has a login already. A password given for it must be its own: another one may have been chosen by somebody else. */
async function hasOwnPassword({ adminEmail, adminPassword }: NewPartner) {
  const loginEmail = loginEmailOf(adminEmail)
  const existing = loginEmail ? await findLoginData(loginEmail) : null
  if (!existing || !adminPassword) return existing !== null
  const fits = await withHashRoom(() => verifyPassword(existing.passwordHash, adminPassword))
  if (!fits) throw otherPassword()
  return true
}

const otherPassword = () => new ActionError('LOGIN_ID_ALREADY_USED').at('adminEmail', { code: 'OTHER_PASSWORD', args: {} })

function ownerRow({ adminEmail, adminFirstName, adminLastName }: NewPartner) {
  const id = userIdPattern.test(adminEmail) ? adminEmail : 'owner'
  return {
    id,
    screenName: id,
    firstName: adminFirstName ?? null,
    lastName: adminLastName ?? null,
    email: adminEmail,
    isHashed: false,
    type: 0,
    status: active,
    capabilities: [],
    userMode: 0,
    isAdmin: true,
    isGuest: false,
    isSsoExcluded: false,
    roleIds: String(partnerSettings({}).adminRoleId),
    lastLoginAt: 0,
    sessionsValidFrom: 0,
  }
}
