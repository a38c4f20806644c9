import { z } from 'zod'
import { anyText, explain, int, object, plainText, stringEnum, text } from '@/lib/action/fields'

/** The parameters and answers of the user service's ways in, and of the links that lead back in (§4 to §7, §8). Safe to import in the browser. */

const expiry = explain(int().default(86_400), 'Seconds that the session lasts, at most what the account allows.')
const privileges = explain(text(8192).default('*'), 'What the session may do beside its role, as name:value after commas.')

/** `user.login` (§8.14). */
export const LoginInput = z.object({
  partnerId: explain(int(), 'The account.'),
  userId: explain(anyText(1000), 'Who signs in.'),
  password: anyText(4096),
  expiry,
  privileges,
})

/** `user.loginByLoginId` (§8.16). */
export const LoginByLoginIdInput = z.object({
  loginId: explain(anyText(1000), 'The e-mail address of the sign-in.'),
  password: anyText(4096),
  partnerId: explain(int().nullish(), 'The account to enter; the last one, if it is left out.'),
  expiry,
  privileges,
  otp: explain(anyText(100).nullish(), 'The one-time code, where the account asks for one.'),
})

/** `user.loginByKs` (§8.15). */
export const LoginByKsInput = z.object({ requestedPartnerId: int() })

export const SessionResponse = object('KalturaSessionResponse', {
  objectType: stringEnum('objectType', ['KalturaSessionResponse']),
  partnerId: int(),
  userId: anyText(1000),
  ks: anyText(20_000),
})

/** `user.enableLogin` (§8.7). */
export const EnableLoginInput = z.object({
  userId: anyText(1000),
  loginId: anyText(1000),
  password: anyText(4096).nullish(),
})

/** `user.disableLogin` (§8.5): by the one or the other; the login id counts if both are sent. */
export const DisableLoginInput = z.object({ userId: anyText(1000).nullish(), loginId: anyText(1000).nullish() })

/** `user.getByLoginId` (§8.11). */
export const GetByLoginIdInput = z.object({ loginId: anyText(1000) })

/** `user.checkLoginDataExists` (§8.3). Without an address every login would match, so it is needed. */
export const UserLoginDataFilter = object('KalturaUserLoginDataFilter', {
  loginEmailEqual: anyText(1000),
  objectType: text(100).optional(),
})
export const CheckLoginDataExistsInput = z.object({ filter: UserLoginDataFilter })

/** `user.acceptInvitation`, Usher's own: the link's key, the password of the login, and a code where the person has an authenticator. */
export const AcceptInvitationInput = z.object({
  hashKey: anyText(1000),
  password: anyText(4096),
  otp: anyText(100).nullish(),
})
/** What a key of a mail link answers (§8.21, §8.24). */
export const Authentication = object(
  'KalturaAuthentication',
  {
    objectType: stringEnum('objectType', ['KalturaAuthentication']),
    /** Base64 of a PNG, while an authenticator has yet to be enrolled. */
    qrCode: anyText(100_000).nullish(),
    /** A key to go on with to `account.startEnrolment`. */
    enrolmentKey: anyText(1000).nullish(),
  },
  { pageOnly: ['enrolmentKey'] },
)

/** `user.resetPassword` (§8.20). */
export const ResetPasswordInput = z.object({
  email: text(1000),
  linkType: stringEnum('KalturaResetPassLinkType', ['1', '2', '3', '4', '5']).default('1'),
})

/** `user.setInitialPassword` (§8.21). */
export const SetInitialPasswordInput = z.object({ hashKey: anyText(1000), newPassword: anyText(4096) })

/** `user.validateHashKey` (§8.24), `user.generateQrCode` (§8.9). */
export const HashKeyInput = z.object({ hashKey: anyText(1000) })

/** `user.loginDataResetPassword` (§8.17); the id is the sign-in address. */
export const LoginDataResetPasswordInput = z.object({ loginDataId: plainText(1000), newPassword: anyText(4096) })

/** `user.updateLoginData` (§8.23). The action judges markup itself, as the contract names other properties. */
export const UpdateLoginDataInput = z.object({
  oldLoginId: anyText(1000),
  password: anyText(4096),
  newLoginId: text(1000).default(''),
  newPassword: anyText(4096).default(''),
  newFirstName: text(255).nullish(),
  newLastName: text(255).nullish(),
  otp: anyText(100).nullish(),
})
