/** Every permission that a role can grant, by the contract's names; `*` in a role grants all. */
export const permissions = {
  ADMIN_BASE: 'Read people and everything else in the account',
  ADMIN_USER_ADD: 'Add people',
  ADMIN_USER_UPDATE: 'Change people, their sign-in and their passwords',
  ADMIN_USER_DELETE: 'Delete people and demote administrators',
  ADMIN_USER_BULK: 'Import people from a file',
  MANAGE_ADMIN_USERS: 'Look up other people by their sign-in',
  ADMIN_ROLE_ADD: 'Add roles',
  ADMIN_ROLE_UPDATE: 'Change roles',
  ADMIN_ROLE_DELETE: 'Delete roles',
  ADMIN_PUBLISHER_MANAGE: 'Manage other accounts',
  ACCOUNT_BASE: 'Read account settings',
  ACCOUNT_UPDATE_SETTINGS: 'Change account settings',
  APP_TOKEN_ADD: 'Add application tokens',
  APP_TOKEN_GET: 'Read an application token',
  APP_TOKEN_LIST: 'List application tokens',
  APP_TOKEN_UPDATE: 'Change application tokens',
  APP_TOKEN_DELETE: 'Delete application tokens',
  KMC_ACCESS: 'Use the console',
  KMC_READ_ONLY: 'Read people in the console',
  EP_BASE: 'List people from the events platform',
  CAPTURE_DEVICE_PERMISSION: 'List people from a capture device',
  WEBCAST_PRODUCER_PERMISSION: 'List people from the webcast producer',
  CONTENT_INGEST_BULK_UPLOAD: 'Upload bulk files',
  CONTENT_INGEST_UPLOAD: 'Upload files',
  BASE_USER_SESSION_PERMISSION: 'What every signed-in person may do',
  WIDGET_SESSION_PERMISSION: 'What an anonymous widget may do',
  PLAYBACK_BASE_PERMISSION: 'What a player may do',
  ALWAYS_ALLOWED_ACTIONS: 'What may be done without a session',
} as const

export type Permission = keyof typeof permissions

/** The permissions of a role list; `all` where a role grants `*`. */
export type Grants = { all: boolean; names: ReadonlySet<string> }

export const noGrants: Grants = { all: false, names: new Set() }

export function grantsOf(names: Iterable<string>): Grants {
  const set = new Set(names)
  return { all: set.has('*'), names: set }
}

/** Whether any one of the permissions is granted. */
export function allows(grants: Grants, anyOf: readonly Permission[]) {
  return grants.all || anyOf.some((name) => grants.names.has(name))
}

/** Whether `giver` holds everything that `given` does: nobody gives a right that he lacks. */
export function covers(giver: Grants, given: Grants) {
  if (giver.all) return true
  return !given.all && [...given.names].every((name) => giver.names.has(name))
}
