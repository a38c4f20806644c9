/** Getting back in by mail: forgotten, invited, expired, and links that do not work. */
export const recovery = {
  forgot: {
    title: 'Forgot your password?',
    intro: 'Type the e-mail that you sign in with. You get a link to choose a new password; the old one works until then.',
    email: 'E-mail',
    emailInvalid: 'This is not an e-mail address.',
    submit: 'Send the link',
    sentTitle: 'Look into your mail',
    sent: (email: string) =>
      `If ${email} can sign in here, a link is on its way. It works for 24 hours, and only the newest one does.`,
    sentHint: 'Nothing there after a few minutes? Look into the spam folder, or check the address.',
    again: 'Send it again',
    againIn: (seconds: number) => `Send it again in ${seconds} s`,
    mayAgain: 'You can send it again now.',
    sentAgain: 'Sent again.',
    other: 'Use another address',
    back: 'Back to sign in',
  },
  setPassword: {
    title: 'Choose a password',
    intro: (email: string, account: string) => `You sign in as ${email} at ${account}.`,
    password: 'New password',
    rulesOpen: 'Something of the list is missing.',
    submit: 'Set the password',
  },
  expired: {
    title: 'Your password has expired',
    intro: 'Your account asks for a new one from time to time. Give the old one once more and choose another.',
    email: 'E-mail',
    oldPassword: 'Old password',
    newPassword: 'New password',
    submit: 'Change the password',
    refused: 'E-mail or old password is not right, or the account is locked for now.',
    forgot: 'Forgot the old one?',
  },
  invitation: {
    pageTitle: 'Invitation',
    title: (account: string) => `Join ${account}`,
    intro: (account: string, email: string) =>
      `${account} asks to use the sign-in ${email} that you already have. Accept with its password: you keep it for all your accounts.`,
    email: 'E-mail',
    password: 'Your password',
    submit: 'Accept',
    refused: 'The password is not right, or the sign-in is locked for now.',
    decline: 'If you do not want this, do nothing: without your password nothing changes.',
    forgot: 'Forgot your password?',
    expiredTitle: 'This invitation has expired',
    expired: 'Ask whoever invited you to send a new one.',
    restoredTitle: 'This invitation does not work any more',
    restored:
      'Our data come from a backup, after which no link that was sent before works. Ask whoever invited you to send a new one.',
    damagedTitle: 'This link does not work',
    damaged:
      'It is not complete. Mail programs sometimes break long links: copy the whole of it into the address bar, or ask whoever invited you to send a new one.',
    goneTitle: 'This invitation is not open any more',
    gone: 'It was accepted, taken back, or replaced by a newer one. If you accepted it, sign in; else look for the newest mail.',
  },
  link: {
    expired: {
      title: 'This link has expired',
      body: 'Links work for a limited time, so that a mail found later opens nothing. A new one takes a minute.',
    },
    used: {
      title: 'This link was used already',
      body: 'Each link works once. If it was you, sign in; if not, get a new link now and choose another password.',
    },
    replaced: {
      title: 'A newer link was sent',
      body: 'Only the newest link works. Look for the latest mail from us, or get another link.',
    },
    restored: {
      title: 'This link does not work any more',
      body: 'Our data come from a backup, after which no link that was sent before works. Get a new one.',
    },
    damaged: {
      title: 'This link does not work',
      body: 'It is not complete. Mail programs sometimes break long links: copy the whole of it into the address bar, or get a new one.',
    },
    none: {
      title: 'Open the link from your mail',
      body: 'This page needs the link that we sent you. Open it again, or get a new one.',
    },
    renew: 'Get a new link',
    sent: 'If you can still sign in with the address that this link was mailed to, a new one is on its way there. Only the newest one works; the mail says until when.',
    sentHint:
      'Nothing there after a few minutes? Look into the spam folder, or ask again with the address that you sign in with now.',
    toSignIn: 'Go to sign in',
  },
}
