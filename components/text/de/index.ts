import type { Text } from '../en'
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

/** Every string that people read, in German. */
export const de: Text = {
  language: 'de',
  direction: 'ltr',
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
