import type { signIn as en } from '../en/sign-in'

export const signIn: typeof en = {
  title: 'Anmelden',
  email: 'E-Mail',
  password: 'Passwort',
  showPassword: 'Passwort anzeigen',
  keep: 'Angemeldet bleiben',
  keepHint: 'Auch wenn der Browser geschlossen wird, solange das Konto es erlaubt. Nicht auf Geräten, die andere benutzen.',
  submit: 'Anmelden',
  forgot: 'Passwort vergessen?',
  refused: 'E-Mail oder Passwort ist falsch, oder die Anmeldung ist vorübergehend gesperrt. Prüfe beides und versuche es erneut.',
  busy: (seconds) =>
    `Gerade melden sich zu viele auf einmal an. Versuche es in ${seconds} ${seconds === 1 ? 'Sekunde' : 'Sekunden'} erneut.`,
  unreachable: 'Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es erneut.',
  /** Said above the form to whoever comes from there. */
  after: {
    password: 'Dein neues Passwort ist gesetzt. Melde dich damit an.',
    enrolment: 'Deine Authenticator-App ist eingerichtet. Melde dich mit einem ihrer Codes an.',
    invitation: 'Du hast die Einladung angenommen. Melde dich an, um das Konto zu öffnen.',
    account: 'Dieses Konto verlangt eine eigene Anmeldung.',
  },
  code: {
    title: 'Einmalcode',
    intro: (email) => `Deine Authenticator-App zeigt sechs Ziffern für ${email}. Sie wechseln alle 30 Sekunden.`,
    label: 'Code',
    digit: (place) => `Ziffer ${place} von 6`,
    backupTitle: 'Ersatzcode',
    backupIntro: 'Einer der zehn Codes, die du beim Einrichten der Authenticator-App aufbewahrt hast. Jeder gilt einmal.',
    backupLabel: 'Ersatzcode',
    submit: 'Weiter',
    useBackup: 'Ersatzcode verwenden',
    useCode: 'Authenticator-App verwenden',
    wrong: 'Dieser Code ist falsch oder wurde schon verwendet. Warte auf den nächsten.',
    wrongBackup: 'Dieser Ersatzcode ist falsch oder wurde schon verwendet.',
    lost: 'Gerät verloren?',
    lostHelp:
      'Nimm einen Ersatzcode. Hast du keinen, frag einen Administrator deines Kontos: Er kann das verlorene Gerät entfernen und dir einen Link schicken, um ein anderes einzurichten.',
    noneYet: 'Noch keine Authenticator-App?',
    noneYetHelp: 'Lass dir per Mail einen Link schicken. Damit wählst du ein Passwort und siehst danach den QR-Code.',
    getLink: 'Link anfordern',
    back: 'Als jemand anderes anmelden',
  },
  notEnrolled: {
    title: 'Richte erst eine Authenticator-App ein',
    body: 'Dein Konto verlangt bei der Anmeldung einen Einmalcode, und du hast noch keine Authenticator-App. Lass dir per Mail einen Link schicken: Damit wählst du ein Passwort und siehst danach den QR-Code.',
    getLink: 'Link anfordern',
    back: 'Als jemand anderes anmelden',
  },
  accounts: {
    title: 'Konto wählen',
    intro: 'Deine Anmeldung gilt für mehrere Konten. Dieses Gerät merkt sich deine Wahl; wechseln kannst du oben in der Konsole.',
    failed: 'Das Konto ließ sich nicht öffnen. Frag einen seiner Administratoren, ob du noch Zugang hast.',
    change: 'Konto wechseln',
    search: 'Konten suchen',
  },
}
