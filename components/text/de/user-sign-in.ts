import type {
  credentials as enCredentials,
  signInMenu as enSignInMenu,
  switchOnDialog as enSwitchOnDialog,
} from '../en/user-sign-in'

/** How a person gets in, is helped back in or kept out. */

export const signInMenu: typeof enSignInMenu = {
  open: 'Anmeldung',
  asked: (label: string) => `${label} …`,
  title: (label: string, name: string) => `${name}: ${label}?`,
  link: 'Link für neues Passwort senden',
  linkSent: (email: string) => `Ein Link für ein neues Passwort geht an ${email}`,
  unlock: 'Anmeldesperre aufheben',
  unlocked: (name: string) => `Für ${name} gilt keine Anmeldesperre mehr`,
  factor: 'Authenticator-App entfernen',
  factorEffect:
    'Für alle, die ihr Gerät verloren haben. Die bisherigen Einmalcodes und alle Ersatzcodes gelten nicht mehr, und die Person wird benachrichtigt. Wird bei der Anmeldung ein Code verlangt, erhält sie per Mail einen Link, um eine neue App einzurichten.',
  factorTaken: (name: string) => `${name} kann eine neue Authenticator-App einrichten`,
  demote: 'Administratorrechte entziehen',
  demoteEffect:
    'Die Person ist dann kein Administrator mehr und verliert ihre Rollen. Sie kann sich weiter anmelden; alle ihre Sitzungen enden sofort.',
  demoted: (name: string) => `${name} ist kein Administrator mehr`,
  on: 'Anmeldung einschalten',
  off: 'Anmeldung ausschalten',
  offEffect:
    'Die Person bleibt im Konto, kann sich aber nicht mehr anmelden. Alle ihre Sitzungen enden sofort, und sie wird benachrichtigt.',
  switchedOff: (name: string) => `${name} kann sich nicht mehr anmelden`,
}

/** How somebody gets in, asked of a new person and of one whose sign-in is switched on. */
export const credentials: typeof enCredentials = {
  label: 'Anmeldung',
  invite: 'Einladung senden',
  inviteHint: 'Die Person wählt ihr Passwort über einen Link, der 24 Stunden gilt.',
  inviteByHand:
    'Kein Mailserver eingerichtet. Gib den Link weiter, der unter „Mails“ steht und 24 Stunden gilt: Darüber wählt die Person ihr Passwort.',
  inviteAdminsOnly: 'Nur Administratoren werden eingeladen; gib anderen ein Passwort.',
  password: 'Passwort jetzt setzen',
  passwordHint: 'Gib es selbst weiter; es steht in keiner Mail.',
  none: 'Keine Anmeldung',
  adminNeedsLogin: 'Administratoren bekommen immer eine Anmeldung.',
  passwordLabel: 'Passwort',
  emailNeeded: 'Für die Anmeldung braucht es eine E-Mail-Adresse.',
  passwordNeeded: 'Gib ein Passwort ein.',
  asked:
    'Zu dieser E-Mail-Adresse gibt es schon eine Anmeldung in einem anderen Konto. Die Person wurde eingeladen; sobald sie annimmt, gilt ihre Anmeldung auch hier.',
}

export const switchOnDialog: typeof enSwitchOnDialog = {
  title: (name: string) => `Anmeldung einschalten für ${name}`,
  effect: 'Die Person kann sich dann mit dieser Adresse anmelden und wird benachrichtigt.',
  email: 'Anmeldeadresse',
  submit: 'Einschalten',
  done: (name: string, email: string) => `${name} kann sich jetzt mit ${email} anmelden`,
  invited: (email: string) => `Eine Einladung geht an ${email}`,
  kept: (email: string) => `Die Einladung für ${email} steht unter „Mails“`,
}
