import { z } from 'zod'
import { anyText, bool, int, list, object, stringEnum, text } from '@/lib/action/fields'

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
  codes: list(text(20)),
})

/** `account.replaceExpiredPassword`. */
export const ReplaceExpiredPasswordInput = z.object({
  loginId: anyText(1000),
  password: anyText(4096),
  newPassword: anyText(4096),
  otp: anyText(100).nullish(),
})

/** `account.linkState`. */
export const LinkStateInput = z.object({ hashKey: anyText(1000) })

export const LinkState = object('UsherLinkState', {
  objectType: stringEnum('objectType', ['UsherLinkState']),
  state: stringEnum('UsherLinkStates', ['valid', 'expired', 'used', 'replaced', 'damaged']),
  /** What the link is for; only of the current one. */
  purpose: stringEnum('UsherLinkPurpose', ['password', 'enrolment', 'invitation']).nullish(),
})

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
