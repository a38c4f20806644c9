import type { proof as en } from '../en/proof'

/** Who is signed in confirms that it is really he, before something that an open screen must not be enough for. */
export const proof: typeof en = {
  title: 'Bestätige, dass du es bist',
  intro: 'Deine Anmeldung liegt eine Weile zurück. Gib noch einmal dein Passwort ein, um weiterzumachen.',
  password: 'Dein Passwort',
  code: 'Einmalcode',
  codeHint: 'Aus deiner Authenticator-App, oder ein Ersatzcode.',
  submit: 'Bestätigen',
  cancel: 'Abbrechen',
  wrongPassword: 'Das ist nicht dein Passwort',
  codeNeeded: 'Dazu wird noch ein Code gebraucht',
  wrongCode: 'Dieser Code ist falsch oder wurde schon verwendet',
  notEnrolled: 'Dein Konto verlangt einen zweiten Faktor. Richte ihn zuerst ein: „Mein Konto“, „Zweiter Faktor“.',
  locked: 'Zu viele Fehlversuche. Die Anmeldung ist vorübergehend gesperrt; warte eine Weile oder setze dein Passwort zurück.',
  busy: 'Gerade melden sich zu viele auf einmal an. Versuche es gleich erneut.',
}
