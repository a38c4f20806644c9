import type { enrolment as en } from '../en/enrolment'

/** Setting up an authenticator, and the codes for when it is lost. */
export const enrolment: typeof en = {
  title: 'Authenticator-App einrichten',
  intro: 'Die App zeigt alle 30 Sekunden einen neuen Code. Du meldest dich mit deinem Passwort und einem solchen Code an.',
  loading: 'QR-Code wird erstellt',
  proveIntro: 'Gib noch einmal dein Passwort ein. Hast du schon eine Authenticator-App, gilt sie, bis die neue bestätigt ist.',
  password: 'Dein Passwort',
  formerCode: 'Einmalcode',
  formerCodeHint: 'Nur wenn du schon eine Authenticator-App hast: ein Code von dort oder ein Ersatzcode.',
  prove: 'Weiter',
  scanStep: 'Scanne den Code mit der App',
  qrCode: 'QR-Code für die Authenticator-App',
  keyHint: 'Keine Kamera? Gib diesen Schlüssel in der App ein:',
  theKey: 'Schlüssel',
  openApp: 'In der App öffnen',
  confirmStep: 'Gib ein, was die App zeigt',
  confirmLabel: 'Code',
  confirm: 'Bestätigen',
  startOver: 'Von vorn beginnen',
  wrong: 'Das ist nicht der Code, den die App zeigen sollte. Prüfe die Uhr des Geräts und warte auf den nächsten.',
  codesTitle: 'Bewahre deine Ersatzcodes auf',
  codesIntro:
    'Verlierst du das Gerät, kannst du dich mit jedem davon einmal statt mit einem Einmalcode anmelden. Du siehst sie nur jetzt.',
  codesOf: 'Ersatzcodes',
  copy: 'Kopieren',
  copied: 'Kopiert',
  download: 'Herunterladen',
  print: 'Drucken',
  fileName: 'usher-backup-codes.txt',
  fileTitle: (email) => `Usher-Ersatzcodes${email ? ` für ${email}` : ''}. Jeder gilt einmal.`,
  done: 'Ich habe sie aufbewahrt',
}
