import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { findLoginData, type LoginDataRow } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { hasMarkup } from '@/lib/action/fields'
import { loginEmailOf } from '@/lib/auth/login-email'
import { isCodeAsked, membershipsOf } from '@/lib/auth/memberships'
import { isOwnLogin, markField } from '@/lib/auth/own-login'
import { prepareNewPassword, setPassword } from '@/lib/auth/password-change'
import { attempting, holdProven, prove } from '@/lib/auth/prove'
import { changeLogin, type LoginDetails } from '../login-change'
import { refuseForeignDomain } from '../policy'
import { UpdateLoginDataInput } from '../sign-in-schema'

type Input = z.output<typeof UpdateLoginDataInput>

const action = 'user.updateLoginData'

/**
 * A person changes address, password and names of the own login (§8.23), in all accounts. The password is always needed, the
 * one-time code wherever there is one. Unknown, wrong and taken look alike: `USER_DATA_ERROR`; only the person himself, signed in, is
 * told the field. `LOGIN_BLOCKED`, `LOGIN_RETRIES_EXCEEDED`, `UNSAFE_HTML_TAGS`, `INVALID_FIELD_VALUE`,
 * `EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS`, `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`, `PASSWORD_ALREADY_USED`.
 */
export const updateLoginData = defineAction({
  name: action,
  summary: "Changes a person's own sign-in address, password and names.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ADMIN_USER_UPDATE', 'ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: UpdateLoginDataInput,
  output: z.null(),
  errors: [
    'COMMON_PASSWORD',
    'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS',
    'LOGIN_BLOCKED',
    'LOGIN_RETRIES_EXCEEDED',
    'PASSWORD_ALREADY_USED',
    'PASSWORD_STRUCTURE_INVALID',
    'USER_DATA_ERROR',
  ],
  changes: ['user', 'audit'],

  mask(error) {
    const isTold = !isCode(error, 'USER_NOT_FOUND', 'USER_WRONG_PASSWORD', 'MISSING_OTP', 'INVALID_OTP', 'LOGIN_ID_ALREADY_USED')
    if (isTold) return error
    const vague = new ActionError('USER_DATA_ERROR')
    vague.fields = error.fields
    return vague
  },

  async handle(ctx, input) {
    const details = wishedDetails(input)
    const named = loginEmailOf(input.oldLoginId)
    const login = named ? await findLoginData(named) : null
    const claim = { login, password: input.password, otp: input.otp, action }

    const change = async () => {
      const hashed: { passwordHash: string | null } = { passwordHash: null }
      const proven = await prove(ctx, claim, async (row) => {
        hashed.passwordHash = await judged(ctx, row, details, input)
        return row.otpConfirmedAt !== null || isCodeAsked(await membershipsOf(row))
      })
      await transaction(async () => {
        const held = await holdProven(proven)
        const changed = hasDetails(details) ? await changeLogin(ctx, held, details, action) : held
        if (hashed.passwordHash) await setPassword(ctx, changed, { passwordHash: hashed.passwordHash, action })
      })
    }
    await attempting(ctx, claim, change).catch(isOwnLogin(ctx, login) ? markField : undefined)
    return null
  },
})

/** What is asked for beside the password; the address that there is already is no wish. */
function wishedDetails({ oldLoginId, newLoginId, newFirstName, newLastName }: Input): LoginDetails {
  refuseMarkup({ id: newLoginId, firstName: newFirstName, lastName: newLastName })
  const loginEmail = newLoginId ? loginEmailOf(newLoginId) : undefined
  if (loginEmail === null) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'newEmail' }).at('newLoginId')
  return {
    ...(loginEmail !== undefined && loginEmail !== loginEmailOf(oldLoginId) && { loginEmail }),
    ...(newFirstName && { firstName: newFirstName }),
    ...(newLastName && { lastName: newLastName }),
  }
}

const hasDetails = (details: LoginDetails) => Object.keys(details).length > 0

const fieldOf = { id: 'newLoginId', firstName: 'newFirstName', lastName: 'newLastName' } as const

function refuseMarkup(given: Record<keyof typeof fieldOf, string | null | undefined>) {
  for (const [property, field] of Object.entries(fieldOf)) {
    const value = given[property as keyof typeof fieldOf] ?? ''
    if (hasMarkup(value))
      throw new ActionError('UNSAFE_HTML_TAGS', { CLASS_NAME: 'UserLoginData', PROPERTY_NAME: property }).at(field)
    if (property !== 'id' && value.includes('://')) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: field }).at(field)
  }
}

/** Judges what is new once the password was right, before a code is used up. Answers the new password's hash, null if it is the old. */
async function judged(ctx: Context, login: LoginDataRow, { loginEmail }: LoginDetails, { password, newPassword }: Input) {
  if (loginEmail !== undefined) {
    if (await findLoginData(loginEmail)) throw new ActionError('LOGIN_ID_ALREADY_USED')
    for (const { partner, user } of await membershipsOf(login)) if (user.isAdmin) refuseForeignDomain(partner, loginEmail)
  }
  if (newPassword === '') return null
  const passwordHash = await prepareNewPassword(ctx, login, newPassword)
  return newPassword === password ? null : passwordHash
}
