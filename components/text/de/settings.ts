import type { settings as en } from '../en/settings'

export const settings: typeof en = {
  account: {
    title: 'Konto',
    description: 'Was ein Programm braucht, um dieses Konto zu erreichen.',
    name: 'Name',
    id: 'Kontonummer',
    theId: 'Kontonummer',
    address: 'Serveradresse',
    theAddress: 'Serveradresse',
    howTo: 'Trage beides in einen offiziellen Kaltura-Client ein und starte eine Sitzung mit einem Secret.',
    explorer: 'Aufrufe im API-Explorer ausprobieren',
    secrets: 'Secrets',
    secretsHint:
      'Wer das Admin-Secret hat, darf in diesem Konto auf Dauer alles. Bewahre es auf Servern auf, nie in einer Webseite oder App. Das User-Secret startet nur einfache Sitzungen.',
    adminSecret: 'Admin-Secret',
    theAdminSecret: 'Admin-Secret',
    userSecret: 'User-Secret',
    theUserSecret: 'User-Secret',
    show: 'Secrets anzeigen',
    hide: 'Secrets verbergen',
    mayNot: 'Mit deiner Rolle siehst du sie nicht. Frag einen Administrator, der die Einstellungen des Kontos ändern darf.',
  },
  title: 'Sicherheitsregeln',
  description: 'Wie sich Benutzer bei diesem Konto anmelden.',
  save: 'Speichern',
  saved: 'Die Sicherheitsregeln sind gespeichert',
  readOnly: 'Mit deiner Rolle kannst du diese Einstellungen ansehen, aber nicht ändern.',
  conflict:
    'Jemand anderes hat diese Einstellungen inzwischen geändert. Du siehst jetzt den neuen Stand mit deinen Änderungen: Prüfe beides und speichere noch einmal.',
  passwords: 'Passwörter',
  preset: 'Regeln',
  presets: {
    compatible: 'Mindestens 8 Zeichen, darunter Ziffer, Kleinbuchstabe und Sonderzeichen',
    nist: 'Mindestens 15 Zeichen, sonst nichts (8, wenn alle einen zweiten Faktor nutzen)',
    own: 'Eigene Regeln',
  },
  ownRules: 'Eigene Regeln',
  ownRulesHint:
    'Ein regulärer Ausdruck, den jedes Passwort erfüllen muss, und der Hinweis, den Benutzer dazu lesen. Ohne eigene Regeln gelten die ersten der Auswahl oben.',
  pattern: (number) => `Ausdruck ${number}`,
  message: (number) => `Hinweis ${number}`,
  addRule: 'Regel hinzufügen',
  removeRule: (number) => `Regel ${number} entfernen`,
  tester: 'Passwort ausprobieren',
  testerHint: 'Es bleibt auf dieser Seite.',
  kept: 'Frühere Passwörter, die tabu sind',
  keptHint: 'Bei 0 darf ein altes Passwort wieder verwendet werden.',
  age: 'Gültigkeit eines Passworts',
  ageHint: '0 heißt unbegrenzt.',
  locks: 'Sperre nach Fehlversuchen',
  attempts: 'Fehlversuche bis zur Sperre',
  attemptsHint: 'Wo ein Code verlangt wird, zählt auch ein Passwort ohne seinen Code als einer.',
  period: 'Dauer der Sperre',
  units: { seconds: 'Sekunden', minutes: 'Minuten', hours: 'Stunden', days: 'Tage' },
  bounds: (least, most, unit) =>
    `Gib eine ganze Zahl von ${least} bis ${most.toLocaleString('de')} ein${unit ? ` (${unit})` : ''}.`,
  unitOf: (label) => `Einheit: ${label}`,
  factor: 'Zweiter Faktor',
  who: 'Wer einen Einmalcode braucht',
  whoHint:
    'Wer noch keine Authenticator-App hat, bekommt per Mail einen Link zum Einrichten und meldet sich ab dann mit einem Code an.',
  modes: { none: 'Niemand', admins: 'Administratoren', nonAdmins: 'Alle außer Administratoren', all: 'Alle' },
  coversYou:
    'Das betrifft auch dich, und du hast noch keine Authenticator-App. Ohne sie brauchst du für die nächste Anmeldung einen Link per Mail.',
  noMail:
    'Diese Installation versendet keine Mails. Links zum Einrichten der Authenticator-App können nur angemeldete Administratoren auf der Seite „Mails“ lesen, oder der Betreiber mit: npm run usher -- mail.list.',
  setUpNow: 'Jetzt einrichten',
  sessions: 'Sitzungen',
  sessionLife: 'Höchstdauer einer Programmsitzung',
  sessionLifeHint: 'Verlangt ein Programm mehr, bekommt es diese Dauer. Schon ausgestellte KS bleiben, wie sie sind.',
  idleMinutes: 'Minuten ohne Nutzung, bis ein Browser abgemeldet wird',
  browserHours: 'Stunden, die ein Browser angemeldet bleibt',
  asInstalled: (most) => `Höchstens ${most}; 0 steht für diesen Wert. Gilt sofort auch für offene Sitzungen.`,
  admins: 'Administratoren',
  domains: 'Erlaubte E-Mail-Domains',
  domainsHint: 'Durch Kommas getrennt, zum Beispiel acme.example, acme.test. Leer heißt: alle.',
  quota: (most) =>
    most < 0
      ? 'Beliebig viele Administratoren können sich anmelden.'
      : `Höchstens ${most} ${most === 1 ? 'Administrator kann' : 'Administratoren können'} sich anmelden; ändern kann das der Betreiber.`,
}
