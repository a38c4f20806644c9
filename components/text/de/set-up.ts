import type { setUp as en } from '../en/set-up'

export const setUp: typeof en = {
  title: 'Usher einrichten',
  intro: 'Lege das erste Konto und seinen Inhaber an. Alle anderen kannst du danach in der Konsole hinzufügen.',
  name: 'Name des Kontos',
  nameHint: 'Steht oben in der Konsole, zum Beispiel der Name deiner Organisation.',
  firstName: 'Vorname',
  lastName: 'Nachname',
  email: 'E-Mail',
  emailHint: 'Damit meldest du dich an.',
  password: 'Passwort',
  rules: 'Regeln für das Passwort',
  ruleMet: 'erfüllt',
  ruleOpen: 'fehlt',
  strengthHint: 'Je länger, desto sicherer: Ein paar Wörter hintereinander sind leicht zu merken.',
  strength: {
    weak: 'Leicht zu erraten',
    fair: 'Nicht leicht zu erraten',
    good: 'Schwer zu erraten',
    strong: 'Sehr schwer zu erraten',
  },
  strengthAbout: 'Leicht zu erraten: Es enthält deinen Namen, deine E-Mail-Adresse oder den Namen des Kontos.',
  rulesAlso: 'Es darf kein gängiges Passwort sein und weder deinen Namen noch deine E-Mail-Adresse enthalten.',
  noMail:
    'Es ist kein Mailserver eingerichtet. Einladungen und Benachrichtigungen werden nicht versendet; du liest sie in der Konsole unter „Mails“.',
  submit: 'Konto anlegen',
  badLinkTitle: 'Dieser Einrichtungslink funktioniert nicht',
  badLink:
    'Er ist beschädigt, oder es gibt einen neueren. Nimm den Link, den der Server beim letzten Start ausgegeben hat; nach einem Neustart bekommst du einen neuen.',
  noLinkTitle: 'Usher ist noch nicht eingerichtet',
  noLink:
    'Öffne den einmaligen Einrichtungslink, den der Server beim Start ausgegeben hat. Nach einem Neustart bekommst du einen neuen.',
  doneTitle: 'Usher ist eingerichtet',
  done: 'Der Einrichtungslink galt einmal und ist verbraucht. Melde dich mit deinem Konto an.',
  toSignIn: 'Zur Anmeldung',
}
