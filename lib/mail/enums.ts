/** What a mail can be about, and what can have become of it. A page that only names one needs none of the schemas. */

export const mailEvents = [
  'invitation',
  'login-invitation',
  'login-added',
  'login-enabled',
  'login-disabled',
  'user-added',
  'reset-password',
  'password-changed',
  'email-changed',
  'confirm-email-change',
  'new-sign-in',
  'locked',
  'unlocked',
  'enrol-second-factor',
  'second-factor-enrolled',
  'backup-codes-renewed',
  'second-factor-removed',
  'made-admin',
  'export-ready',
  'import-finished',
] as const
export type MailEvent = (typeof mailEvents)[number]

export const mailStatuses = ['queued', 'sent', 'failed', 'replaced'] as const
export type MailStatus = (typeof mailStatuses)[number]
