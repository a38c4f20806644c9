import type { Language } from '@/lib/language'
import type { ErrorCode } from './errors'

/** What can be wrong with a field, where the message of the code would not say it. Safe to import in the browser. */

const en = {
  CONTROL_CHARACTER: 'Remove control characters.',
  DOMAIN: '"@DOMAIN@" is no domain. Write it like acme.example.',
  LEAST: 'The least is @LEAST@.',
  MARKUP: 'Remove what looks like HTML, such as <b>.',
  MOST: 'The most is @MOST@.',
  ONE_EMAIL: 'Enter one e-mail address.',
  OTHER_PASSWORD: 'This sign-in exists and has another password.',
  RULE: 'Use a regular expression without look-around and back-references, and a message.',
  USER_ID: 'Use 1 to 100 of the letters a to z, digits and signs such as . _ - @, without blanks.',
  WEB_ADDRESS: 'A name cannot hold a web address.',
}

export type FieldProblem = keyof typeof en

const de: Record<FieldProblem, string> = {
  CONTROL_CHARACTER: 'Entferne Steuerzeichen.',
  DOMAIN: '„@DOMAIN@“ ist keine Domain. Schreib sie wie acme.example.',
  LEAST: 'Mindestens @LEAST@.',
  MARKUP: 'Entferne, was wie HTML aussieht, etwa <b>.',
  MOST: 'Höchstens @MOST@.',
  ONE_EMAIL: 'Gib genau eine E-Mail-Adresse ein.',
  OTHER_PASSWORD: 'Diese Anmeldung gibt es schon, mit einem anderen Passwort.',
  RULE: 'Nimm einen regulären Ausdruck ohne Look-around und Rückverweise und schreib eine Meldung dazu.',
  USER_ID: 'Nimm 1 bis 100 der Buchstaben a bis z, Ziffern und Zeichen wie . _ - @, ohne Leerzeichen.',
  WEB_ADDRESS: 'Ein Name kann keine Webadresse enthalten.',
}

export const fieldProblems: Record<Language, Record<FieldProblem, string>> = { en, de }

/** Marks an issue with the contract's own code; `parseInput` fills the argument that names the field. Who shows it finds the words. */
export type Refusal = { code: ErrorCode; problem: FieldProblem; args?: Record<string, string> }

/** A message with its arguments in their places. */
export const filled = (message: string, args: Record<string, string>) =>
  message.replace(/@([A-Z_]+)@/g, (_, name: string) => args[name] ?? 'N/A')
