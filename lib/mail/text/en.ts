import type { MailParams } from '../events'

type P = MailParams

/** Who did it, where no person did or one without a name. */
const administrator = 'An administrator'

/** What mails say, in English: the words that all share, then those of each event. */
export const en = {
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  hello: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
  footer: (partner: string) =>
    `You get this mail because an account of ${partner} uses your address. Nobody reads answers to it.`,
  linkHint: 'The address to open in your browser:',
  notYou: 'If this was not you, set a new password at once, which ends every session, and tell an administrator of your account.',
  tellAdmin: 'If this was not you, tell an administrator of your account at once.',
  newPassword: 'Set a new password',
  unasked: 'If you did not ask for it, you need not do anything: nothing has changed.',
  until: (time: string) => `The link works once, until ${time}.`,
  facts: {
    at: 'When',
    device: 'Device',
    country: 'Where',
    address: 'Network address',
    by: 'By',
    oldEmail: 'Old address',
    newEmail: 'New address',
    file: 'File',
    rows: 'Rows',
    failedRows: 'Refused rows',
    login: 'Signs in as',
  },
  invitation: {
    subject: (p: P['invitation']) => `Your invitation to ${p.partnerName}`,
    preheader: 'Choose a password and sign in.',
    body: (p: P['invitation']) =>
      `${p.creatorName || administrator} has given you an account at ${p.partnerName}. Choose a password to begin.`,
    action: 'Choose a password',
    note: 'The link works once, for 24 hours. Ask whoever invited you for a new one when it has expired.',
  },
  'login-invitation': {
    subject: (p: P['login-invitation']) => `${p.partnerName} invites you`,
    preheader: 'Use the sign-in that you have already.',
    body: (p: P['login-invitation']) =>
      `${p.creatorName || administrator} wants to add you to ${p.partnerName}. You have a sign-in already: accept, and it works there too. Your password stays as it is.`,
    action: 'Look at the invitation',
    note: 'The link works once, for 24 hours. If you do not know them, ignore this mail: nothing happens until you accept.',
  },
  'login-added': {
    subject: (p: P['login-added']) => `You can sign in to ${p.partnerName}`,
    preheader: 'With the sign-in that you have already.',
    body: (p: P['login-added']) =>
      `${p.creatorName || administrator} has given you an account at ${p.partnerName}. Sign in as you always do.`,
    action: 'Sign in',
  },
  'login-enabled': {
    subject: (p: P['login-enabled']) => `Your sign-in to ${p.partnerName} was switched on`,
    preheader: 'You can sign in from now on.',
    body: (p: P['login-enabled']) => `${p.creatorName || administrator} has switched on your sign-in at ${p.partnerName}.`,
    action: 'Sign in',
    note: 'If you have no password yet, the sign-in page sends you a link to set one.',
  },
  'login-disabled': {
    subject: (p: P['login-disabled']) => `Your sign-in to ${p.partnerName} was switched off`,
    preheader: 'You cannot sign in there any more.',
    body: (p: P['login-disabled']) =>
      `${p.creatorName || administrator} has switched off your sign-in at ${p.partnerName}. You were signed out there.`,
    note: 'If you still need it, ask an administrator of that account.',
  },
  'user-added': {
    subject: (p: P['user-added']) => `New in ${p.partnerName}: ${p.userName || p.loginEmail}`,
    preheader: 'Somebody was given a sign-in.',
    body: (p: P['user-added']) =>
      `${p.creatorName || administrator} has added ${p.userName || p.loginEmail} to ${p.partnerName}.`,
    note: 'You get this note because you look after the people of this account.',
  },
  'reset-password': {
    subject: (p: P['reset-password']) => `Set a new password for ${p.partnerName}`,
    preheader: 'The link that you asked for.',
    body: (p: P['reset-password']) => `Somebody, most likely you, asked for a new password for your sign-in at ${p.partnerName}.`,
    action: 'Set a new password',
  },
  'password-changed': {
    subject: (p: P['password-changed']) => `Your password for ${p.partnerName} was changed`,
    preheader: 'It is in use from now on.',
    body: (p: P['password-changed']) =>
      `The password of your sign-in at ${p.partnerName} was changed. All other sessions of yours have ended.`,
  },
  'email-changed': {
    subject: (p: P['email-changed']) => `Your sign-in address for ${p.partnerName} was changed`,
    preheader: 'Sign in with the new address from now on.',
    body: (p: P['email-changed']) => `Your sign-in at ${p.partnerName} has another address. You sign in with the new one.`,
    action: 'Sign in',
    note: 'If this was not you, tell an administrator of your account at once: a new password can only be asked for with the new address now.',
  },
  'confirm-email-change': {
    subject: (p: P['confirm-email-change']) => `Confirm your new sign-in address for ${p.partnerName}`,
    preheader: 'The address changes when both have confirmed.',
    body: (p: P['confirm-email-change']) =>
      `Your sign-in at ${p.partnerName} is to have another address. It changes when both addresses have confirmed.`,
    action: 'Confirm the change',
    unasked:
      'If you did not ask for it, do not confirm, and set a new password: somebody knows yours. A new one ends this change too. Ask for it here:',
    tellAdmin: 'If you did not ask for it, do not confirm, and tell an administrator at once: somebody knows your password.',
  },
  'new-sign-in': {
    subject: (p: P['new-sign-in']) => `A new sign-in to your account at ${p.partnerName}`,
    preheader: 'From a device that we have not seen before.',
    body: (p: P['new-sign-in']) => `Somebody signed in to your account at ${p.partnerName} from a device that is new to us.`,
  },
  locked: {
    subject: (p: P['locked']) => `Your sign-in to ${p.partnerName} is locked for now`,
    preheader: 'A new password unlocks it at once.',
    body: (p: P['locked'], until: string) =>
      `There were too many wrong attempts to sign in to your account at ${p.partnerName}. From the network address below it is locked until ${until}; after that your password works again.`,
    byAdmin: 'You need not wait: an administrator of your account can unlock it at once.',
    wayOut: 'You need not wait: a new password by a link unlocks it at once.',
    note: 'If the attempts were not yours, set a new password all the same, and tell an administrator of your account.',
  },
  unlocked: {
    subject: (p: P['unlocked']) => `Your sign-in to ${p.partnerName} is open again`,
    preheader: 'You can sign in again.',
    body: (p: P['unlocked']) => `The lock of your sign-in at ${p.partnerName} was taken away. Your password works again.`,
    action: 'Sign in',
  },
  'enrol-second-factor': {
    subject: (p: P['enrol-second-factor']) => `Set up your second factor for ${p.partnerName}`,
    preheader: 'Your sign-in asks for a one-time code from now on.',
    body: (p: P['enrol-second-factor']) =>
      `Your sign-in at ${p.partnerName} needs a one-time code from now on. Set up an authenticator to get your codes.`,
    action: 'Set up an authenticator',
  },
  'second-factor-enrolled': {
    subject: (p: P['second-factor-enrolled']) => `Your second factor is set up for ${p.partnerName}`,
    preheader: 'From now on you need a one-time code to sign in.',
    body: (p: P['second-factor-enrolled']) =>
      `An authenticator was set up for your sign-in at ${p.partnerName}. From now on it asks for a one-time code.`,
  },
  'backup-codes-renewed': {
    subject: (p: P['backup-codes-renewed']) => `You have new backup codes for ${p.partnerName}`,
    preheader: 'The former backup codes do not work any more.',
    body: (p: P['backup-codes-renewed']) =>
      `New backup codes were made for your sign-in at ${p.partnerName}. The former ones do not work any more.`,
  },
  'second-factor-removed': {
    subject: (p: P['second-factor-removed']) => `Your second factor for ${p.partnerName} was removed`,
    preheader: 'Your sign-in does not ask for a code any more.',
    body: (p: P['second-factor-removed']) =>
      `The authenticator of your sign-in at ${p.partnerName} was removed. Its codes do not work any more.`,
  },
  'made-admin': {
    subject: (p: P['made-admin']) => `You are an administrator of ${p.partnerName}`,
    preheader: 'You may use the console now.',
    body: (p: P['made-admin']) =>
      `${p.byName || administrator} has made you an administrator of ${p.partnerName}. What you may do depends on your role.`,
  },
  'export-ready': {
    subject: (p: P['export-ready']) => `Your export from ${p.partnerName} is ready`,
    preheader: 'The file waits for you.',
    body: (p: P['export-ready']) => `The export of people that you asked for at ${p.partnerName} is done.`,
    action: 'Download the file',
    until: (time: string) => `The file can be downloaded until ${time}.`,
  },
  'import-finished': {
    subject: (p: P['import-finished']) =>
      ({
        finished: `Your import to ${p.partnerName} is done`,
        partial: `Your import to ${p.partnerName} is done, with refused rows`,
        failed: `Your import to ${p.partnerName} failed`,
        aborted: `Your import to ${p.partnerName} was stopped`,
      })[p.outcome],
    preheader: 'What became of each row.',
    body: (p: P['import-finished']) =>
      ({
        finished: `Every row of your file was applied at ${p.partnerName}.`,
        partial: `Your file was applied at ${p.partnerName}, but some rows were refused.`,
        failed: `Your file could not be applied at ${p.partnerName}.`,
        aborted: `The import of your file at ${p.partnerName} was stopped before its end. Rows that were applied stay.`,
      })[p.outcome],
    action: 'Look at the result',
  },
}

/** Another language is another object of this shape. */
export type MailText = typeof en
