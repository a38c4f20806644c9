import { account } from './en/account'
import { apiExplorer } from './en/api-explorer'
import { enrolment } from './en/enrolment'
import { errors } from './en/errors'
import { jobs } from './en/jobs'
import { mail } from './en/mail'
import { proof } from './en/proof'
import { recovery } from './en/recovery'
import { setUp } from './en/set-up'
import { settings } from './en/settings'
import { shell } from './en/shell'
import { signIn } from './en/sign-in'
import { users } from './en/users'

/** Every string that people read, by part of the product. Another language is another object of this shape. */
export const catalogue = {
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
export type Text = typeof catalogue

/** The language of the catalogue; dates and numbers follow it, and so does the direction of the page. */
export const language = 'en'
export const direction: 'ltr' | 'rtl' = 'ltr'
