import 'server-only'
import type { NodemailerError } from 'nodemailer'

/**
 * What a failure means for the mails: `server`: it cannot be reached, so none goes out; `account`: it does not want mail from us, so
 * none will until somebody changes a setting; `later`: this mail may go another time; `never`: this one will not.
 */
export type FailureKind = 'server' | 'account' | 'later' | 'never'

/** Why a mail did not go out; the message is for the administrator, on one line. */
export class DeliveryFailure extends Error {
  override name = 'DeliveryFailure'
  readonly kind: FailureKind

  constructor(kind: FailureKind, message: string) {
    super(oneLine(message))
    this.kind = kind
  }
}

/** The connection did not come about, or the sign-in failed. */
export function failureToOpen(cause: unknown) {
  const { code, responseCode = 0, message } = cause as NodemailerError
  const isRefused = code === 'EAUTH' && (responseCode === 0 || responseCode >= 500)
  return new DeliveryFailure(isRefused ? 'account' : 'server', message)
}

/** The server was there, but did not take the mail (R08). */
export function failureToSend(cause: unknown) {
  const { code, command, responseCode = 0, message } = cause as NodemailerError
  const isPermanent = responseCode >= 500 && responseCode !== 503
  // Whom it refuses here is the sender, and that is the same for every mail; 552 is a mail that is too large.
  if (isPermanent && command === 'MAIL FROM' && responseCode !== 552) return new DeliveryFailure('account', message)
  const isMalformed = responseCode === 0 && (code === 'EENVELOPE' || code === 'EMESSAGE')
  return new DeliveryFailure(isPermanent || isMalformed ? 'never' : 'later', message)
}

const oneLine = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .slice(0, 500)
