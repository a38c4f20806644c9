'use client'

/**
 * What a page keeps until its tab is closed, so that loading it again loses nothing. Other tabs do not see it. Never a password.
 */
type Kept = {
  /** The address that the person signs in with, from one page to the next. */
  email: string
  /** The key of the link that a page was opened by; the page's path is its name. */
  '/set-password': string
  '/enrol': string
  '/accept-invitation': string
  '/confirm-email': string
  /** The rules for the next password of somebody whose password is too old, and whose they are. */
  expiredRules: string
  /** To which address a link was asked for, and when. */
  sentLink: string
  /** An authenticator that is being set up, until it is confirmed. */
  enrolment: string
  /** The backup codes, and whose they are, until the person has kept them. */
  backupCodes: string
}

export type LinkPath = Extract<keyof Kept, `/${string}`>

const nameOf = (what: keyof Kept) => `usher:${what}`

export const keepInTab = (what: keyof Kept, value: string) => sessionStorage.setItem(nameOf(what), value)

export const keptInTab = (what: keyof Kept) => sessionStorage.getItem(nameOf(what))

/** The same for what is more than a text. */
export const keepObjectInTab = (what: keyof Kept, value: object) => keepInTab(what, JSON.stringify(value))

export const objectKeptInTab = <T extends object>(what: keyof Kept): T | null => JSON.parse(keptInTab(what) ?? 'null')

export const forgetInTab = (what: keyof Kept) => sessionStorage.removeItem(nameOf(what))
