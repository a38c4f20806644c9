import 'server-only'
import { transaction } from '@/db/client'
import { findUser, findUserForUpdate, type UserRow, updateUser } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { enableLogin as giveLogin, type LoginPlan, prepareLogin } from '@/lib/auth/enable-login'
import { encryptedSeed } from '@/lib/auth/encrypted-seed'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { refuseForeignDomain, refuseStronger } from '../policy'
import { User } from '../schema'
import { EnableLoginInput } from '../sign-in-schema'
import { toUser } from '../to-user'
import { queueInvitation, queueLoginEnabled } from '../user-mails'

/**
 * Lets a user sign in with an e-mail address (§8.7). An administrator without a password sets it by a mailed link; a login that
 * somebody has elsewhere is asked first, and keeps its password. Whoever is not invited is told. Non-admins are answered with their
 * new seed, encrypted (§6).
 */
export const enableLogin = defineAction({
  name: 'user.enableLogin',
  summary: 'Lets a user sign in with an e-mail address.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: EnableLoginInput,
  output: User,
  errors: [
    'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED',
    'COMMON_PASSWORD',
    'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS',
    'PASSWORD_STRUCTURE_INVALID',
    'USER_DATA_ERROR',
    'USER_LOGIN_ALREADY_ENABLED',
    'USER_NOT_FOUND',
  ],
  changes: ['user', 'audit'],

  async handle(ctx, { userId, loginId, password }) {
    const plan = await loginPlan(ctx, await judged(ctx, await findUser(ctx.partner.id, userId)), loginId, password || null)

    return transaction(async () => {
      const before = await judged(ctx, await findUserForUpdate(ctx.partner.id, userId))
      const login = await giveLogin(plan, before, ctx).catch(asContract)
      const after = await updateUser(before, {
        loginDataId: login.loginDataId,
        email: before.email || plan.loginEmail,
        updatedAt: ctx.now,
      })
      if (login.mail) await queueInvitation(ctx, after, login.mail)
      else await queueLoginEnabled(ctx, after, plan.loginEmail)
      await recordChange(ctx, {
        action: 'user.enableLogin',
        target: { type: 'user', id: after.id, key: after.key },
        before,
        after,
      })
      const user = await toUser(ctx.partner, after)
      return after.isAdmin ? user : { ...user, encryptedSeed: await encryptedSeed(ctx.partner.id, login.seed) }
    })
  },
})

async function judged(ctx: PartnerContext, user: UserRow | null): Promise<UserRow> {
  if (!user) throw new ActionError('USER_NOT_FOUND').at('userId')
  await refuseStronger(ctx, user, 'user.enableLogin')
  // Whose way in is chosen here has his rights.
  if (user.isAdmin || user.roleIds) requireFreshProof(ctx)
  return user
}

async function loginPlan(ctx: PartnerContext, user: UserRow, loginId: string, password: string | null): Promise<LoginPlan> {
  if (!user.isAdmin && password === null)
    throw new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'password' }).at('password')
  if (user.loginDataId !== null) throw new ActionError('USER_LOGIN_ALREADY_ENABLED')
  const plan = await prepareLogin({ ctx, loginId, password, person: user }).catch(asContract)
  if (user.isAdmin) refuseForeignDomain(ctx.partner, loginId, 'loginId')
  return plan
}

/** The codes that this action has for a bad address and for one that a user of this account has (§8.7); forms see the field. */
function asContract(error: unknown): never {
  if (isCode(error, 'INVALID_FIELD_VALUE')) throw new ActionError('USER_NOT_FOUND').at('loginId', error.fields?.loginId)
  if (isCode(error, 'LOGIN_ID_ALREADY_USED')) throw new ActionError('USER_DATA_ERROR').at('loginId', error)
  throw error
}
