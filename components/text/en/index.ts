import type { Language } from '@/lib/language'
import { account } from './account'
import { apiExplorer } from './api-explorer'
import { enrolment } from './enrolment'
import { errors } from './errors'
import { jobs } from './jobs'
import { mail } from './mail'
import { proof } from './proof'
import { recovery } from './recovery'
import { setUp } from './set-up'
import { settings } from './settings'
import { shell } from './shell'
import { signIn } from './sign-in'
import { users } from './users'

/** Every string that people read, by part of the product. Another language is another object of this shape. */
export const en = {
  /** Dates and numbers follow it, and so does the direction of the page. */
  language: 'en' as Language,
  direction: 'ltr' as 'ltr' | 'rtl',
  account,
  apiExplorer,
  enrolment,
  errors,
  jobs,
  mail,
  proof,
  recovery,
  setUp,
  settings,
  shell,
  signIn,
  users,
}
export type Text = typeof en
