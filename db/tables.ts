import * as accounts from './schema/accounts'
import * as people from './schema/people'
import * as sessions from './schema/sessions'
import * as signIn from './schema/sign-in'
import * as work from './schema/work'

/** All that Usher keeps. Every key of partner data starts with the partner's id, so that rows can be distributed by it. */
export const tables = { ...accounts, ...people, ...sessions, ...signIn, ...work }
