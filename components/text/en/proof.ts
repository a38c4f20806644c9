/** Who is signed in confirms that it is really he, before something that an open screen must not be enough for. */
export const proof = {
  title: 'Confirm that it is you',
  intro: 'You signed in a while ago. Type your password once more to go on.',
  password: 'Your password',
  code: 'One-time code',
  codeHint: 'Of your authenticator, or a backup code.',
  submit: 'Confirm',
  cancel: 'Cancel',
  wrongPassword: 'This is not your password',
  codeNeeded: 'A code is needed, too',
  wrongCode: 'This code is wrong, or was used already',
  notEnrolled: 'Your account asks for a second factor. Set it up first: My account, Second factor.',
  locked: 'Too many wrong attempts. Signing in is locked for now; wait a while, or reset your password.',
  busy: 'Too many people are signing in right now. Try again in a moment.',
}
