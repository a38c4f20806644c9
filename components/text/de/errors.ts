import type { errors as en } from '../en/errors'

/** What the interface itself says when something does not work; the reasons of actions come with their results. */
export const errors: typeof en = {
  title: 'Das hat nicht geklappt',
  requestId: (id) => `Anfrage ${id}`,
  unreachable: 'Der Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es erneut.',
  sessionOver:
    'Deine Sitzung ist abgelaufen. Melde dich wieder an, um weiterzumachen; deine Eingaben bleiben bis dahin in diesem Tab.',
  sessionOverHere: 'Deine Sitzung ist abgelaufen. Melde dich wieder an, um weiterzumachen.',
  signIn: 'Anmelden',
  signInElsewhere: 'In anderem Tab anmelden',
  input: {
    required: 'Bitte ausfüllen',
    tooShort: (least) => `Mindestens ${least} Zeichen`,
    tooLong: (most) => `Höchstens ${most} Zeichen`,
    least: (least) => `Mindestens ${least}.`,
    most: (most) => `Höchstens ${most}.`,
    invalid: 'Das ist nicht gültig',
  },
  notFoundTitle: 'Hier ist nichts',
  notFound: 'Vielleicht ist die Adresse falsch geschrieben, oder die Seite dahinter gibt es nicht mehr.',
  notFoundBack: 'Zur Startseite',
  crashTitle: 'Diese Seite lässt sich nicht anzeigen',
  crash: 'Bei uns ist etwas schiefgegangen. Versuche es erneut; bleibt es dabei, nenne dem Betreiber diese Kennung:',
  crashNoReference: 'Bei uns ist etwas schiefgegangen. Versuche es erneut; bleibt es dabei, sag es dem Betreiber.',
  retry: 'Erneut versuchen',
}
