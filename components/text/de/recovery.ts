import type { recovery as en } from '../en/recovery'

/** Getting back in by mail: forgotten, invited, expired, and links that do not work. */
export const recovery: typeof en = {
  forgot: {
    title: 'Passwort vergessen?',
    intro:
      'Gib die E-Mail-Adresse ein, mit der du dich anmeldest. Du bekommst einen Link für ein neues Passwort; bis dahin gilt das alte.',
    email: 'E-Mail',
    emailInvalid: 'Das ist keine E-Mail-Adresse.',
    submit: 'Link senden',
    sentTitle: 'Sieh in dein Postfach',
    sent: (email) =>
      `Wenn sich ${email} hier anmelden kann, ist ein Link unterwegs. Er gilt 24 Stunden, und nur der neueste funktioniert.`,
    sentHint: 'Nach ein paar Minuten noch nichts da? Sieh im Spam-Ordner nach oder prüfe die Adresse.',
    again: 'Noch einmal senden',
    againIn: (seconds) => `Noch einmal senden in ${seconds} s`,
    mayAgain: 'Du kannst den Link jetzt noch einmal senden.',
    sentAgain: 'Noch einmal gesendet.',
    other: 'Andere Adresse verwenden',
    back: 'Zurück zur Anmeldung',
  },
  setPassword: {
    title: 'Passwort wählen',
    intro: (email, account) => `Du meldest dich als ${email} bei ${account} an.`,
    password: 'Neues Passwort',
    rulesOpen: 'Auf der Liste fehlt noch etwas.',
    submit: 'Passwort setzen',
  },
  expired: {
    title: 'Dein Passwort ist abgelaufen',
    intro: 'Dein Konto verlangt von Zeit zu Zeit ein neues. Gib noch einmal das alte ein und wähle ein anderes.',
    email: 'E-Mail',
    oldPassword: 'Altes Passwort',
    newPassword: 'Neues Passwort',
    submit: 'Passwort ändern',
    refused: 'E-Mail oder altes Passwort ist falsch, oder die Anmeldung ist vorübergehend gesperrt.',
    forgot: 'Altes vergessen?',
  },
  invitation: {
    pageTitle: 'Einladung',
    title: (account) => `Einladung zu ${account}`,
    intro: (account, email) =>
      `${account} möchte die Anmeldung ${email} nutzen, die du schon hast. Nimm mit ihrem Passwort an: Es bleibt für alle deine Konten dasselbe.`,
    email: 'E-Mail',
    password: 'Dein Passwort',
    submit: 'Annehmen',
    refused: 'Das Passwort ist falsch, oder die Anmeldung ist vorübergehend gesperrt.',
    decline: 'Wenn du das nicht möchtest, brauchst du nichts zu tun: Ohne dein Passwort ändert sich nichts.',
    forgot: 'Passwort vergessen?',
    expiredTitle: 'Diese Einladung ist abgelaufen',
    expired: 'Bitte die Person, die dich eingeladen hat, um eine neue.',
    restoredTitle: 'Diese Einladung gilt nicht mehr',
    restored:
      'Unsere Daten stammen aus einer Sicherung; danach gilt kein Link mehr, der vorher verschickt wurde. Bitte die Person, die dich eingeladen hat, um einen neuen.',
    damagedTitle: 'Dieser Link funktioniert nicht',
    damaged:
      'Er ist unvollständig. Manche Mailprogramme brechen lange Links um: Kopiere ihn ganz in die Adresszeile oder bitte die Person, die dich eingeladen hat, um einen neuen.',
    goneTitle: 'Diese Einladung gilt nicht mehr',
    gone: 'Sie wurde angenommen, zurückgezogen oder durch eine neuere ersetzt. Hast du sie angenommen, melde dich an; sonst such die neueste Mail.',
  },
  link: {
    expired: {
      title: 'Dieser Link ist abgelaufen',
      body: 'Links gelten nur für eine gewisse Zeit, damit eine alte Mail niemandem etwas öffnet. Ein neuer ist schnell angefordert.',
    },
    used: {
      title: 'Dieser Link wurde schon verwendet',
      body: 'Jeder Link gilt einmal. Warst du es, melde dich an; wenn nicht, fordere jetzt einen neuen an und wähle ein anderes Passwort.',
    },
    replaced: {
      title: 'Es gibt einen neueren Link',
      body: 'Nur der neueste Link gilt. Such die letzte Mail von uns oder fordere einen neuen Link an.',
    },
    restored: {
      title: 'Dieser Link gilt nicht mehr',
      body: 'Unsere Daten stammen aus einer Sicherung; danach gilt kein Link mehr, der vorher verschickt wurde. Fordere einen neuen an.',
    },
    damaged: {
      title: 'Dieser Link funktioniert nicht',
      body: 'Er ist unvollständig. Manche Mailprogramme brechen lange Links um: Kopiere ihn ganz in die Adresszeile oder fordere einen neuen an.',
    },
    none: {
      title: 'Öffne den Link aus deiner Mail',
      body: 'Diese Seite braucht den Link, den wir dir geschickt haben. Öffne ihn noch einmal oder fordere einen neuen an.',
    },
    renew: 'Neuen Link anfordern',
    sent: 'Wenn du dich mit der Adresse, an die dieser Link ging, noch anmelden kannst, ist ein neuer dorthin unterwegs. Nur der neueste gilt; bis wann, steht in der Mail.',
    sentHint:
      'Nach ein paar Minuten noch nichts da? Sieh im Spam-Ordner nach oder frag noch einmal mit der Adresse, mit der du dich jetzt anmeldest.',
    toSignIn: 'Zur Anmeldung',
  },
}
