/** How a person gets in, is helped back in or kept out. */

export const signInMenu = {
  open: 'Sign-in',
  asked: (label: string) => `${label}…`,
  title: (label: string, name: string) => `${label}: ${name}?`,
  link: 'Mail a link for a new password',
  linkSent: (email: string) => `A link to choose a password goes to ${email}`,
  unlock: 'End locks',
  unlocked: (name: string) => `No lock keeps ${name} out any more`,
  factor: 'Take the authenticator away',
  factorEffect:
    'For somebody who has lost the device. The codes of the old one and all backup codes are void, and the person is told. Where a code is asked for, a link to set up another is mailed.',
  factorTaken: (name: string) => `${name} can set up another authenticator`,
  demote: 'Make a plain user',
  demoteEffect:
    'They are no administrator any more and lose their roles. They can still sign in; every session of theirs ends now.',
  demoted: (name: string) => `${name} is no administrator any more`,
  on: 'Switch sign-in on',
  off: 'Switch sign-in off',
  offEffect: 'They stay in the account but cannot sign in any more. Every session of theirs ends now, and they are told.',
  switchedOff: (name: string) => `${name} cannot sign in any more`,
}

/** How somebody gets in, asked of a new person and of one whose sign-in is switched on. */
export const credentials = {
  label: 'Sign-in',
  invite: 'Send an invitation',
  inviteHint: 'They choose a password by a link that is good for 24 hours.',
  inviteByHand:
    'No mail server is set. Hand over the link, which is under Mail and good for 24 hours: they choose a password by it.',
  inviteAdminsOnly: 'Invitations are for administrators; give others a password.',
  password: 'Set a password now',
  passwordHint: 'Hand it over yourself: no mail holds it.',
  none: 'No sign-in',
  adminNeedsLogin: 'An administrator always gets a sign-in.',
  passwordLabel: 'Password',
  emailNeeded: 'A sign-in needs an e-mail address.',
  passwordNeeded: 'Enter a password.',
  asked:
    'This e-mail signs in to another account already. The person was asked to join; their login works here once they accept.',
}

export const switchOnDialog = {
  title: (name: string) => `Switch sign-in on for ${name}`,
  effect: 'They can sign in with this address from then on, and are told so.',
  email: 'Sign-in address',
  submit: 'Switch on',
  done: (name: string, email: string) => `${name} can sign in with ${email} now`,
  invited: (email: string) => `An invitation goes to ${email}`,
  kept: (email: string) => `The invitation for ${email} is under Mail`,
}
