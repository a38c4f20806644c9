import 'server-only'
import { transaction } from '@/db/client'
import { insertUser, type NewUser, type UserRow, updateUser } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { enableLogin, type LoginPlan, prepareLogin } from '@/lib/auth/enable-login'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { duplicateLogin, refuseDuplicate } from '../duplicates'
import { UserMode, UserStatus, UserType } from '../enums'
import { hashedUserId } from '../hashed-user-id'
import { givableRoles, refuseForeignDomain, refuseSsoExclusion, refuseStronger } from '../policy'
import { refuseReadOnly } from '../read-only'
import { AddUserInput, User, type UserData } from '../schema'
import { toUser } from '../to-user'
import { refuseBadId, storedFields } from '../user-changes'
import { queueInvitation } from '../user-mails'

/** Adds a user (§8.1). With a password, or as administrator, the user can sign in with the e-mail address. */
export const addUser = defineAction({
  name: 'user.add',
  summary: 'Adds a user; with a password, or as administrator, one who can sign in.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_ADD'],
  input: AddUserInput,
  output: User,
  errors: [
    'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED',
    'COMMON_PASSWORD',
    'DUPLICATE_USER_BY_ID',
    'DUPLICATE_USER_BY_LOGIN_ID',
    'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS',
    'ID_AND_EXTERNAL_ID_ARE_MUTUALLY_EXCLUSIVE',
    'PASSWORD_STRUCTURE_INVALID',
    'PROPERTY_VALIDATION_NOT_UPDATABLE',
    'SETTING_SSO_PER_USER_NOT_ALLOWED',
    'USER_ROLE_NOT_FOUND',
  ],
  changes: ['user'],

  async handle(ctx, { user }) {
    const isAdmin = user.isAdmin === true || user.objectType === 'KalturaAdminUser'
    const id = idOf(ctx, user)
    refuseReadOnly(user)
    refuseSsoExclusion(ctx.partner, user)
    const wantsRoles = user.roleIds || (isAdmin ? String(ctx.partner.settings.adminRoleId) : '')
    const roleIds = await givableRoles(ctx, wantsRoles, 'user.add')
    // A list of blanks names no role, and an administrator without roles has those of the account.
    await refuseStronger(ctx, { isAdmin, roleIds }, 'user.add')
    if (isAdmin || roleIds) requireFreshProof(ctx)
    const login = await loginPlan(ctx, user, isAdmin)
    const row = newRow(ctx, user, { ...id, isAdmin, roleIds })

    return transaction(async () => {
      const added = await insertUser(row).catch(refuseDuplicate(row))
      const stored = login ? await withLogin(ctx, added, login) : added
      await recordChange(ctx, { action: 'user.add', target: { type: 'user', id: stored.id, key: stored.key }, after: stored })
      return toUser(ctx.partner, stored, user.objectType)
    })
  },
})

/** The id, or one made from the external id (§3.5). */
function idOf({ partner }: PartnerContext, { id, externalId }: UserData) {
  if (id?.trim() && externalId?.trim()) throw new ActionError('ID_AND_EXTERNAL_ID_ARE_MUTUALLY_EXCLUSIVE').at('user.externalId')
  const given = id?.trim() ? id : externalId
  refuseBadId(given)
  if (given === id || !partner.settings.hashExternalIds) return { id: given, isHashed: false }
  return { id: hashedUserId(partner.id, given), externalId: given, isHashed: true }
}

function newRow(
  { partner, now }: PartnerContext,
  user: UserData,
  fixed: Pick<UserRow, 'id' | 'isHashed' | 'isAdmin' | 'roleIds'> & { externalId?: string },
): NewUser {
  const status = user.status ?? UserStatus.ACTIVE
  return {
    ...storedFields(user),
    screenName: user.screenName || fixed.id,
    partnerId: partner.id,
    type: user.type ?? UserType.USER,
    status,
    statusUpdatedAt: now,
    deletedAt: status === UserStatus.DELETED ? now : null,
    capabilities: storedFields(user).capabilities ?? [],
    userMode: user.userMode ?? UserMode.NONE,
    isGuest: user.isGuest ?? false,
    isSsoExcluded: user.isSsoExcluded ?? false,
    sessionsValidFrom: 0,
    lastLoginAt: 0,
    createdAt: now,
    updatedAt: now,
    ...fixed,
  }
}

async function loginPlan(ctx: PartnerContext, user: UserData, isAdmin: boolean) {
  if (isAdmin) refuseForeignDomain(ctx.partner, user.email)
  if (!user.password && !isAdmin) return null
  return prepareLogin({ ctx, loginId: user.email ?? '', password: user.password || null, person: user }).catch(asLoginError(user))
}

async function withLogin(ctx: PartnerContext, user: UserRow, plan: LoginPlan) {
  const login = await enableLogin(plan, user, ctx).catch(asLoginError(user))
  if (login.mail) await queueInvitation(ctx, user, login.mail)
  if (login.loginDataId === null) return user
  return updateUser(user, { loginDataId: login.loginDataId }).catch(refuseDuplicate(user))
}

const fieldOf: Record<string, string> = { loginId: 'user.email', password: 'user.password' }

/** The core speaks of sign-in; here the caller sent a user with an e-mail address (§8.1). */
function asLoginError(user: { email?: string | null }) {
  return (error: unknown): never => {
    if (!(error instanceof ActionError)) throw error
    if (error.code === 'LOGIN_ID_ALREADY_USED') throw duplicateLogin(user.email)
    error.fields &&= Object.fromEntries(Object.entries(error.fields).map(([field, what]) => [fieldOf[field] ?? field, what]))
    throw error
  }
}
