import type { field as enField, genders as enGenders, hint as enHint, storedField as enStoredField } from '../en/user-fields'

/** What is kept about a person, field by field. */

export const field: typeof enField = {
  id: 'Benutzer-ID',
  screenName: 'Anzeigename',
  firstName: 'Vorname',
  lastName: 'Nachname',
  email: 'E-Mail',
  title: 'Titel',
  company: 'Firma',
  description: 'Beschreibung',
  tags: 'Tags',
  thumbnailUrl: 'Bildadresse',
  dateOfBirth: 'Geburtsdatum',
  gender: 'Geschlecht',
  language: 'Sprache',
  country: 'Land',
  state: 'Bundesland',
  city: 'Ort',
  zip: 'Postleitzahl',
  partnerData: 'Notizen',
  registrationInfo: 'Registrierungsdaten',
  attendanceInfo: 'Teilnahmedaten',
  status: 'Status',
  type: 'Art',
  isAdmin: 'Administrator',
  roleIds: 'Rollen',
  userMode: 'Geschützt',
  ksPrivileges: 'Sitzungsrechte',
  isSsoExcluded: 'Meldet sich mit Passwort an, obwohl das Konto Single Sign-on nutzt',
  allowedPartnerIds: 'Erlaubte Konten',
  allowedPartnerPackages: 'Erlaubte Pakete',
}

/** What the activity shows besides the profile's fields. */
export const storedField: typeof enStoredField = {
  loginDataId: 'Anmeldung',
  group: 'Gruppe',
  blockReason: 'Grund der Sperre',
  blockedUntil: 'Gesperrt bis',
  deletedAt: 'Gelöscht',
  lastLoginAt: 'Letzte Anmeldung',
  externalId: 'Externe ID',
  isGuest: 'Gast',
  capabilities: 'Fähigkeiten',
} as Record<string, string>

export const hint: typeof enHint = {
  id: 'Eine Änderung beendet alle Sitzungen der Person.',
  email: 'Nur für den Kontakt; die Anmeldeadresse bleibt, wie sie ist.',
  tags: 'Durch Kommas getrennt.',
  roleIds: 'Was die Person darf. Eine Änderung beendet ihre Sitzungen.',
  isAdmin: 'Administratorrechte entziehst du im Menü „Anmeldung“.',
  ksPrivileges: 'Gelten in jeder Sitzung anstelle der angeforderten.',
  language: 'Zwei Buchstaben, etwa de oder en.',
}

export const genders: typeof enGenders = { unknown: 'Keine Angabe', male: 'Männlich', female: 'Weiblich' }
