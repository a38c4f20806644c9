import type { MailText } from './en'

/** Wer es war, wo es kein Mensch war oder einer ohne Namen. */
const administrator = 'Ein Administrator'

/** Was Mails sagen, auf Deutsch. */
export const de: MailText = {
  language: 'de',
  direction: 'ltr',
  hello: (name) => (name ? `Hallo ${name},` : 'Hallo,'),
  footer: (partner) => `Du erhältst diese Mail, weil ein Konto bei ${partner} deine Adresse verwendet. Antworten liest niemand.`,
  linkHint: 'Die Adresse zum Öffnen im Browser:',
  notYou:
    'Wenn du das nicht warst, setze sofort ein neues Passwort, das alle Sitzungen beendet, und sag es einem Administrator deines Kontos.',
  tellAdmin: 'Wenn du das nicht warst, sag es sofort einem Administrator deines Kontos.',
  newPassword: 'Neues Passwort setzen',
  unasked: 'Wenn du nicht darum gebeten hast, brauchst du nichts zu tun: Es hat sich nichts geändert.',
  until: (time) => `Der Link gilt einmal, bis ${time}.`,
  facts: {
    at: 'Wann',
    device: 'Gerät',
    country: 'Wo',
    address: 'Netzwerkadresse',
    by: 'Von',
    oldEmail: 'Alte Adresse',
    newEmail: 'Neue Adresse',
    file: 'Datei',
    rows: 'Zeilen',
    failedRows: 'Abgelehnte Zeilen',
    login: 'Meldet sich an als',
  },
  invitation: {
    subject: (p) => `Deine Einladung zu ${p.partnerName}`,
    preheader: 'Wähle ein Passwort und melde dich an.',
    body: (p) =>
      `${p.creatorName || administrator} hat für dich ein Konto bei ${p.partnerName} angelegt. Wähle ein Passwort, um zu beginnen.`,
    action: 'Passwort wählen',
    note: 'Der Link gilt einmal und 24 Stunden lang. Ist er abgelaufen, bitte um einen neuen, wer dich eingeladen hat.',
  },
  'login-invitation': {
    subject: (p) => `${p.partnerName} lädt dich ein`,
    preheader: 'Nutze die Anmeldung, die du schon hast.',
    body: (p) =>
      `${p.creatorName || administrator} möchte dich zu ${p.partnerName} hinzufügen. Du hast schon eine Anmeldung: Nimm an, und sie gilt auch dort. Dein Passwort bleibt, wie es ist.`,
    action: 'Einladung ansehen',
    note: 'Der Link gilt einmal und 24 Stunden lang. Sagt dir das nichts, ignoriere diese Mail: Es geschieht nichts, solange du nicht annimmst.',
  },
  'login-added': {
    subject: (p) => `Du kannst dich bei ${p.partnerName} anmelden`,
    preheader: 'Mit der Anmeldung, die du schon hast.',
    body: (p) =>
      `${p.creatorName || administrator} hat für dich ein Konto bei ${p.partnerName} angelegt. Melde dich an wie immer.`,
    action: 'Anmelden',
  },
  'login-enabled': {
    subject: (p) => `Deine Anmeldung bei ${p.partnerName} wurde eingeschaltet`,
    preheader: 'Ab jetzt kannst du dich anmelden.',
    body: (p) => `${p.creatorName || administrator} hat deine Anmeldung bei ${p.partnerName} eingeschaltet.`,
    action: 'Anmelden',
    note: 'Hast du noch kein Passwort, schickt dir die Anmeldeseite einen Link, um eines zu setzen.',
  },
  'login-disabled': {
    subject: (p) => `Deine Anmeldung bei ${p.partnerName} wurde ausgeschaltet`,
    preheader: 'Du kannst dich dort nicht mehr anmelden.',
    body: (p) =>
      `${p.creatorName || administrator} hat deine Anmeldung bei ${p.partnerName} ausgeschaltet. Du wurdest dort abgemeldet.`,
    note: 'Brauchst du sie noch, frag einen Administrator dieses Kontos.',
  },
  'user-added': {
    subject: (p) => `Neu bei ${p.partnerName}: ${p.userName || p.loginEmail}`,
    preheader: 'Jemand hat eine Anmeldung erhalten.',
    body: (p) => `${p.creatorName || administrator} hat ${p.userName || p.loginEmail} zu ${p.partnerName} hinzugefügt.`,
    note: 'Du erhältst diese Nachricht, weil du dich um die Menschen dieses Kontos kümmerst.',
  },
  'reset-password': {
    subject: (p) => `Neues Passwort für ${p.partnerName} setzen`,
    preheader: 'Der Link, um den du gebeten hast.',
    body: (p) => `Jemand, vermutlich du, hat um ein neues Passwort für deine Anmeldung bei ${p.partnerName} gebeten.`,
    action: 'Neues Passwort setzen',
  },
  'password-changed': {
    subject: (p) => `Dein Passwort für ${p.partnerName} wurde geändert`,
    preheader: 'Ab jetzt gilt das neue.',
    body: (p) => `Das Passwort deiner Anmeldung bei ${p.partnerName} wurde geändert. Alle deine anderen Sitzungen sind beendet.`,
  },
  'email-changed': {
    subject: (p) => `Deine Anmeldeadresse für ${p.partnerName} wurde geändert`,
    preheader: 'Melde dich ab jetzt mit der neuen Adresse an.',
    body: (p) => `Deine Anmeldung bei ${p.partnerName} hat eine andere Adresse. Du meldest dich mit der neuen an.`,
    action: 'Anmelden',
    note: 'Wenn du das nicht warst, sag es sofort einem Administrator deines Kontos: Ein neues Passwort lässt sich nur noch mit der neuen Adresse anfordern.',
  },
  'confirm-email-change': {
    subject: (p) => `Neue Anmeldeadresse für ${p.partnerName} bestätigen`,
    preheader: 'Sie gilt, sobald beide Adressen bestätigt haben.',
    body: (p) =>
      `Deine Anmeldung bei ${p.partnerName} soll eine andere Adresse bekommen. Sie gilt, sobald beide Adressen bestätigt haben.`,
    action: 'Änderung bestätigen',
    unasked:
      'Wenn du nicht darum gebeten hast, bestätige nicht und setze ein neues Passwort: Jemand kennt deines. Ein neues beendet auch diese Änderung. Hier forderst du es an:',
    tellAdmin:
      'Wenn du nicht darum gebeten hast, bestätige nicht und sag es sofort einem Administrator: Jemand kennt dein Passwort.',
  },
  'new-sign-in': {
    subject: (p) => `Neue Anmeldung an deinem Konto bei ${p.partnerName}`,
    preheader: 'Von einem Gerät, das wir noch nicht kennen.',
    body: (p) => `Jemand hat sich an deinem Konto bei ${p.partnerName} von einem Gerät angemeldet, das wir noch nicht kennen.`,
  },
  locked: {
    subject: (p) => `Deine Anmeldung bei ${p.partnerName} ist vorerst gesperrt`,
    preheader: 'Ein neues Passwort entsperrt sie sofort.',
    body: (p, until) =>
      `Es gab zu viele falsche Versuche, sich an deinem Konto bei ${p.partnerName} anzumelden. Von der unten genannten Netzwerkadresse aus ist es bis ${until} gesperrt; danach gilt dein Passwort wieder.`,
    byAdmin: 'Du musst nicht warten: Ein Administrator deines Kontos kann es sofort entsperren.',
    wayOut: 'Du musst nicht warten: Ein neues Passwort über einen Link entsperrt es sofort.',
    note: 'Waren die Versuche nicht von dir, setze trotzdem ein neues Passwort und sag es einem Administrator deines Kontos.',
  },
  unlocked: {
    subject: (p) => `Deine Anmeldung bei ${p.partnerName} ist wieder offen`,
    preheader: 'Du kannst dich wieder anmelden.',
    body: (p) => `Die Sperre deiner Anmeldung bei ${p.partnerName} wurde aufgehoben. Dein Passwort gilt wieder.`,
    action: 'Anmelden',
  },
  'enrol-second-factor': {
    subject: (p) => `Richte deinen zweiten Faktor für ${p.partnerName} ein`,
    preheader: 'Deine Anmeldung fragt ab jetzt nach einem Einmalcode.',
    body: (p) =>
      `Deine Anmeldung bei ${p.partnerName} braucht ab jetzt einen Einmalcode. Richte eine Authenticator-App ein, die ihn dir zeigt.`,
    action: 'Authenticator einrichten',
  },
  'second-factor-enrolled': {
    subject: (p) => `Dein zweiter Faktor für ${p.partnerName} ist eingerichtet`,
    preheader: 'Ab jetzt brauchst du zum Anmelden einen Einmalcode.',
    body: (p) =>
      `Für deine Anmeldung bei ${p.partnerName} wurde eine Authenticator-App eingerichtet. Ab jetzt fragt sie nach einem Einmalcode.`,
  },
  'backup-codes-renewed': {
    subject: (p) => `Du hast neue Ersatzcodes für ${p.partnerName}`,
    preheader: 'Die bisherigen Ersatzcodes gelten nicht mehr.',
    body: (p) => `Für deine Anmeldung bei ${p.partnerName} wurden neue Ersatzcodes erstellt. Die bisherigen gelten nicht mehr.`,
  },
  'second-factor-removed': {
    subject: (p) => `Dein zweiter Faktor für ${p.partnerName} wurde entfernt`,
    preheader: 'Deine Anmeldung fragt nicht mehr nach einem Code.',
    body: (p) => `Die Authenticator-App deiner Anmeldung bei ${p.partnerName} wurde entfernt. Ihre Codes gelten nicht mehr.`,
  },
  'made-admin': {
    subject: (p) => `Du bist Administrator von ${p.partnerName}`,
    preheader: 'Die Konsole steht dir jetzt offen.',
    body: (p) =>
      `${p.byName || administrator} hat dich zum Administrator von ${p.partnerName} gemacht. Was du darfst, hängt von deiner Rolle ab.`,
  },
  'export-ready': {
    subject: (p) => `Dein Export bei ${p.partnerName} ist fertig`,
    preheader: 'Die Datei wartet auf dich.',
    body: (p) => `Der Export, um den du bei ${p.partnerName} gebeten hast, ist fertig.`,
    action: 'Datei herunterladen',
    until: (time) => `Die Datei kann bis ${time} heruntergeladen werden.`,
  },
  'import-finished': {
    subject: (p) =>
      ({
        finished: `Dein Import bei ${p.partnerName} ist fertig`,
        partial: `Dein Import bei ${p.partnerName} ist fertig, mit abgelehnten Zeilen`,
        failed: `Dein Import bei ${p.partnerName} ist fehlgeschlagen`,
        aborted: `Dein Import bei ${p.partnerName} wurde angehalten`,
      })[p.outcome],
    preheader: 'Was aus jeder Zeile wurde.',
    body: (p) =>
      ({
        finished: `Jede Zeile deiner Datei wurde bei ${p.partnerName} übernommen.`,
        partial: `Deine Datei wurde bei ${p.partnerName} übernommen, aber einige Zeilen wurden abgelehnt.`,
        failed: `Deine Datei konnte bei ${p.partnerName} nicht übernommen werden.`,
        aborted: `Der Import deiner Datei bei ${p.partnerName} wurde vor dem Ende angehalten. Was übernommen wurde, bleibt.`,
      })[p.outcome],
    action: 'Ergebnis ansehen',
  },
}
