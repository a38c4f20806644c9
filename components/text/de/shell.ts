import type { shell as en } from '../en/shell'

export const shell: typeof en = {
  product: 'Usher',
  skipToContent: 'Zum Inhalt springen',
  navigation: 'Hauptnavigation',
  openNavigation: 'Navigation öffnen',
  closeNavigation: 'Navigation schließen',
  account: 'Konto',
  groups: { people: 'Personen', data: 'Daten', evidence: 'Nachweise', integrate: 'Integration', settings: 'Einstellungen' },
  pages: {
    users: 'Benutzer',
    jobs: 'Jobs',
    mail: 'Mails',
    apiExplorer: 'API-Explorer',
    account: 'Konto',
    security: 'Sicherheitsregeln',
  },
  language: 'Sprache',
  theme: 'Darstellung',
  themes: { light: 'Hell', dark: 'Dunkel', auto: 'Wie im System' },
  me: (name) => `Du: ${name}`,
  myAccount: 'Mein Konto',
  signOut: 'Abmelden',
  signingOut: 'Abmeldung läuft',
  noConsole: (partner) =>
    `Das ist dein eigenes Konto bei ${partner}. Die Konsole ist für alle, deren Rolle sie enthält; ein Administrator kann dir eine geben.`,
  copy: (what) => `${what} kopieren`,
  copied: (what) => `${what} kopiert`,
  never: 'Nie',
  closeNotice: 'Meldung schließen',
  leave: {
    title: 'Ohne Speichern verlassen?',
    hint: 'Deine Änderungen auf dieser Seite gehen verloren.',
    leave: 'Verlassen',
    stay: 'Bleiben',
  },
}
