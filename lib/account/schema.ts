import { z } from 'zod'
import { anyText, bool, explain, int, list, nameText, object, stringEnum, text } from '@/lib/action/fields'
import { AccountSettings } from '../partner/schema'

/** What people do with their own sign-in, beside the contract. Safe to import in the browser. */

/** `account.startEnrolment`: by the key of a link, or signed in with the password, and with a code of the factor there is. */
export const StartEnrolmentInput = z.object({
  hashKey: anyText(1000).nullish(),
  password: anyText(4096).nullish(),
  otp: anyText(100).nullish(),
})

export const Enrolment = object('UsherEnrolment', {
  objectType: stringEnum('objectType', ['UsherEnrolment']),
  /** Base32, to be typed where no picture can be read. */
  setupKey: text(100),
  /** What the QR code says. */
  otpauth: anyText(2000),
})
export type Enrolment = z.output<typeof Enrolment>

/** `account.confirmEnrolment`: by the same key, or signed in. */
export const ConfirmEnrolmentInput = z.object({ hashKey: anyText(1000).nullish(), otp: anyText(100) })

/** `account.newBackupCodes`, `account.removeSecondFactor`; a backup code will do for the code. */
export const ProofInput = z.object({ password: anyText(4096), otp: anyText(100).nullish() })

export const BackupCodes = object('UsherBackupCodes', {
  objectType: stringEnum('objectType', ['UsherBackupCodes']),
  /** The address of the sign-in that they are for. */
  email: anyText(320),
  codes: list(text(20)),
})
export type BackupCodes = z.output<typeof BackupCodes>

/** `account.replaceExpiredPassword`. */
export const ReplaceExpiredPasswordInput = z.object({
  loginId: anyText(1000),
  password: anyText(4096),
  newPassword: anyText(4096),
  otp: anyText(100).nullish(),
})

/** `account.expiredPasswordRules`. */
export const ExpiredPasswordRulesInput = z.object({ loginId: anyText(1000), password: anyText(4096) })

const { passwordPreset, passwordRules, secondFactor } = AccountSettings.shape

export const PasswordRules = object('UsherPasswordRules', {
  objectType: stringEnum('objectType', ['UsherPasswordRules']),
  passwordPreset,
  passwordRules,
  secondFactor,
})

/** `account.linkState`. */
export const LinkStateInput = z.object({ hashKey: anyText(1000) })

export const LinkState = object('UsherLinkState', {
  objectType: stringEnum('objectType', ['UsherLinkState']),
  state: stringEnum('UsherLinkStates', ['valid', 'expired', 'used', 'replaced', 'restored', 'damaged']),
  /** What the link is for; only of the current one. */
  purpose: stringEnum('UsherLinkPurpose', ['password', 'enrolment', 'invitation']).nullish(),
})

/** `account.renewLink`: the key of the old link. */
export const RenewLinkInput = z.object({ hashKey: anyText(1000) })

/** `account.getSecondFactor`. */
export const GetSecondFactorInput = z.object({})

export const SecondFactor = object('UsherSecondFactor', {
  objectType: stringEnum('objectType', ['UsherSecondFactor']),
  isEnrolled: bool(),
  /** Epoch seconds. */
  enrolledAt: int().nullish(),
  backupCodesLeft: int(),
  /** An account of the person asks for it, so it cannot be removed. */
  isRequired: bool(),
})

/** `account.updateProfile`; what is left out stays. On the wire `language` is taken: it is that of the answer. */
export const UpdateProfileInput = z.object({
  firstName: nameText(255).nullish(),
  lastName: nameText(255).nullish(),
  mailLanguage: explain(text(20).nullish(), 'In which language the person gets mails, such as `de`.'),
  version: explain(int().nullish(), 'The version that was read; another one in store is a conflict.'),
})

export const Profile = object('UsherProfile', {
  objectType: stringEnum('objectType', ['UsherProfile']),
  firstName: text(255),
  lastName: text(255),
  mailLanguage: text(20),
  version: int(),
})
export type Profile = z.output<typeof Profile>

/** `account.changePassword`. */
export const ChangePasswordInput = z.object({
  password: anyText(4096),
  newPassword: anyText(4096),
  otp: anyText(100).nullish(),
})

/** `account.getEmailChange`, `account.cancelEmailChange`, `account.listSessions`, `account.endOtherSessions`, `account.listSignIns`, `account.getMyData`. */
export const NothingInput = z.object({})

const place = () =>
  explain(
    text(5).nullish(),
    'Where the address is: the code of a country (ISO 3166-1), `local` for a private network, nothing where nobody knows.',
  )

/** A browser in which the person is signed in. Times are epoch seconds. */
export const OwnSession = object('UsherOwnSession', {
  objectType: stringEnum('objectType', ['UsherOwnSession']),
  id: text(100),
  /** The browser and its system; empty where neither is known. */
  device: anyText(500),
  address: anyText(100).nullish(),
  place: place(),
  accountName: anyText(1000),
  startedAt: int(),
  lastSeenAt: int(),
  expiresAt: int(),
  /** It is the one that asks. */
  isThis: bool(),
})
export type OwnSession = z.output<typeof OwnSession>

export const OwnSessions = object('UsherOwnSessions', {
  objectType: stringEnum('objectType', ['UsherOwnSessions']),
  objects: list(OwnSession),
})
export type OwnSessions = z.output<typeof OwnSessions>

/** `account.endSession`. */
export const EndSessionInput = z.object({ id: anyText(100) })

/** A sign-in, or an attempt at one. */
export const SignIn = object('UsherSignIn', {
  objectType: stringEnum('objectType', ['UsherSignIn']),
  id: text(50),
  /** Epoch seconds. */
  at: int(),
  isSuccess: bool(),
  /** The code of a refusal. */
  refusal: text(100).nullish(),
  /** By which action. */
  action: text(100),
  /** The browser and its system; empty where neither is known. */
  device: anyText(500),
  address: anyText(100).nullish(),
  place: place(),
  accountName: anyText(1000),
})
export type SignIn = z.output<typeof SignIn>

export const SignIns = object('UsherSignIns', {
  objectType: stringEnum('objectType', ['UsherSignIns']),
  objects: list(SignIn),
})
export type SignIns = z.output<typeof SignIns>

const Facts = z.record(z.string(), z.unknown())

/** Everything that is kept about a person, as it is told to that person. Times are ISO 8601. */
export const MyData = object('UsherMyData', {
  objectType: stringEnum('objectType', ['UsherMyData']),
  madeAt: text(40),
  /** What belongs to the person in all accounts. */
  login: Facts,
  /** What each account keeps. */
  accounts: z.array(Facts),
})

/** `account.requestEmailChange`. */
export const RequestEmailChangeInput = z.object({ newEmail: anyText(1000), password: anyText(4096), otp: anyText(100).nullish() })

export const EmailChange = object('UsherEmailChange', {
  objectType: stringEnum('objectType', ['UsherEmailChange']),
  email: text(320),
  /** The address that waits to be confirmed; null where none does. */
  newEmail: text(320).nullable(),
  isOldConfirmed: bool(),
  isNewConfirmed: bool(),
  /** Epoch seconds. */
  expiresAt: int().nullable(),
})
export type EmailChange = z.output<typeof EmailChange>

/** `account.confirmEmailChange`. */
export const ConfirmEmailChangeInput = z.object({ hashKey: anyText(1000) })

export const EmailConfirmation = object('UsherEmailConfirmation', {
  objectType: stringEnum('objectType', ['UsherEmailConfirmation']),
  /** `waiting` until the other address has confirmed too. */
  state: stringEnum('UsherEmailConfirmationStates', ['waiting', 'changed']),
})
