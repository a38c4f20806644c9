import { type FieldProblem, filled } from './field-problems'

/**
 * The error catalogue (§12): every code of the contract with its argument names, our message, and the HTTP status that the JSON
 * adapters use. On the wire the status is always 200.
 */
type Entry = { args: readonly string[]; message: string; status: number }

const entry = <const A extends readonly string[]>(status: number, args: A, message: string) => ({ status, args, message })

export const catalogue = {
  ACCOUNT_OWNER_NEEDS_PARTNER_ADMIN_ROLE: entry(
    409,
    [],
    'The account owner must keep the administrator role. Add it to the roles and save again.',
  ),
  ACTION_BLOCKED: entry(
    503,
    ['ACTION_NAME', 'SERVICE_NAME'],
    'Too many requests for @SERVICE_NAME@.@ACTION_NAME@ at the moment. Wait a little and try again.',
  ),
  ACTION_DOES_NOT_EXISTS: entry(
    404,
    ['ACTION_NAME', 'SERVICE_NAME'],
    'The service "@SERVICE_NAME@" has no action "@ACTION_NAME@".',
  ),
  ACTION_FORBIDDEN: entry(403, ['ACTION_NAME'], 'The action "@ACTION_NAME@" is reserved for other callers.'),
  ACTION_NOT_SPECIFIED: entry(400, [], 'Name the action to call.'),
  ADMIN_LOGIN_USERS_QUOTA_EXCEEDED: entry(
    409,
    [],
    'The account has no seat left for another administrator with sign-in. Remove one or ask for a larger quota.',
  ),
  APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED: entry(409, [], 'The type of an applicative group cannot be changed.'),
  APP_TOKEN_EXPIRED: entry(401, ['ID'], 'The application token @ID@ has expired.'),
  APP_TOKEN_ID_NOT_FOUND: entry(404, ['ID'], 'There is no application token @ID@.'),
  APP_TOKEN_NOT_ACTIVE: entry(401, ['ID'], 'The application token @ID@ is not active.'),
  BULK_UPLOAD_NOT_FOUND: entry(404, ['ID'], 'There is no bulk upload @ID@ in this account.'),
  CANNOT_CHANGE_OWN_ROLE: entry(403, [], 'You cannot change your own roles. Ask another administrator.'),
  CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER: entry(
    409,
    [],
    'This user cannot be blocked or deleted: it is the account owner, yourself, or the last administrator.',
  ),
  CANNOT_DISABLE_LOGIN_FOR_ADMIN_USER: entry(
    409,
    [],
    'Sign-in of an administrator cannot be switched off. Demote the user first.',
  ),
  CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION: entry(
    403,
    ['USER_ID'],
    'Only an administrator may read the user "@USER_ID@".',
  ),
  CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN: entry(
    409,
    [],
    'An administrator cannot be made an ordinary user here. Use user.demoteAdmin.',
  ),
  CANNOT_UPDATE_ADMIN_LOGIN_DATA: entry(403, [], "An administrator's sign-in cannot be changed here. Send a reset link instead."),
  COMMON_PASSWORD: entry(400, [], 'This password is on the list of common ones. Choose another.'),
  DEMOTE_ONLY_ADMIN: entry(409, [], 'The user is not an administrator.'),
  DIRECT_LOGIN_BLOCKED: entry(
    403,
    [],
    'This account does not allow sign-in with a password. Use the sign-in of your organisation.',
  ),
  DUPLICATE_GROUP_BY_ID: entry(409, ['ID'], 'The id "@ID@" is taken. Choose another, or open what has it.'),
  DUPLICATE_USER_BY_ID: entry(409, ['UID'], 'The user id "@UID@" is taken. Choose another, or open the existing user.'),
  DUPLICATE_USER_BY_LOGIN_ID: entry(409, ['EMAIL'], 'The sign-in "@EMAIL@" already belongs to a user of this account.'),
  EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS: entry(400, [], 'Administrators of this account may not use an address of this domain.'),
  ERROR_IN_QR_GENERATION: entry(500, [], 'The QR picture could not be made. Try again.'),
  FAILED_TO_INIT_OBJECT: entry(503, ['RESOURCE_ID'], 'The limit for "@RESOURCE_ID@" cannot be checked at the moment. Try again.'),
  FEATURE_FORBIDDEN: entry(403, ['FEATURE'], 'The account does not have the feature "@FEATURE@".'),
  GROUP_NOT_FOUND: entry(404, [], 'There is no such group.'),
  GROUP_USER_ALREADY_EXISTS: entry(409, [], 'The user is in the group already.'),
  GROUP_USER_DOES_NOT_EXISTS: entry(404, ['USER', 'GROUP'], 'The user "@USER@" is not in the group "@GROUP@".'),
  ID_AND_EXTERNAL_ID_ARE_MUTUALLY_EXCLUSIVE: entry(400, [], 'Send either id or externalId, not both.'),
  INTERNAL_DATABASE_ERROR: entry(503, [], 'The database did not answer. Try again; if it stays so, tell the operator.'),
  INTERNAL_SERVERL_ERROR: entry(500, [], 'Something went wrong on our side. Try again; if it stays so, tell the operator.'),
  INTERNAL_SERVER_ERROR: entry(500, ['ERR_TEXT'], 'Something went wrong on our side: @ERR_TEXT@'),
  INVALID_ACCESS_TO_PARTNER_SPECIFIC_SEARCH: entry(403, ['PID'], 'Account @PID@ has no access to this.'),
  INVALID_APP_TOKEN_HASH: entry(401, [], 'The hash of the application token is wrong.'),
  INVALID_ENUM_VALUE: entry(
    400,
    ['ENUM_VAL', 'PARAM_NAME', 'ENUM_TYPE'],
    '"@ENUM_VAL@" is not a value of @ENUM_TYPE@ for "@PARAM_NAME@".',
  ),
  INVALID_FIELD_VALUE: entry(400, ['FIELD_NAME'], 'The value of "@FIELD_NAME@" is not valid.'),
  INVALID_FILE_TYPE: entry(400, ['FILE_NAME'], 'Files such as "@FILE_NAME@" are not accepted.'),
  INVALID_GROUP_ID: entry(404, ['ID'], 'There is no group "@ID@".'),
  INVALID_HASH: entry(400, [], 'The link is not valid any more. Ask for a new one.'),
  INVALID_ID: entry(400, ['ID'], '"@ID@" is not a valid id.'),
  INVALID_KS: entry(
    401,
    ['KSID', 'ERR_CODE', 'ERR_DESC'],
    'The session (KS) is not valid: "@KSID@", Error "@ERR_CODE@,@ERR_DESC@"',
  ),
  INVALID_LANGUAGE_CODE: entry(400, ['LANG'], '"@LANG@" is not a language code.'),
  INVALID_METADATA_PROFILE: entry(400, ['PROFILE_ID'], 'There is no metadata profile @PROFILE_ID@.'),
  INVALID_OBJECT_ID: entry(404, ['ID'], 'There is nothing with the id "@ID@".'),
  INVALID_OTP: entry(401, [], 'The one-time code is wrong.'),
  INVALID_PARAMETER_CHAR: entry(
    400,
    ['XML_FIELD'],
    '"@XML_FIELD@" holds a character that is not allowed in text. Remove control characters and try again.',
  ),
  INVALID_PARTNER_ID: entry(404, ['PID'], 'Account "@PID@" does not fit this sign-in.'),
  INVALID_USER_ID: entry(404, [], 'There is no such user.'),
  INVALID_WIDGET_ID: entry(404, ['WIDGET_ID'], 'There is no widget "@WIDGET_ID@".'),
  LOCK_TIMED_OUT: entry(503, [], 'Another change of the same user is under way. Try again.'),
  LOGIN_BLOCKED: entry(403, [], 'Sign-in is locked for now. Wait, or reset the password.'),
  LOGIN_DATA_NOT_FOUND: entry(404, [], 'There is no such sign-in.'),
  LOGIN_ID_ALREADY_USED: entry(409, [], 'This sign-in address is taken.'),
  LOGIN_RETRIES_EXCEEDED: entry(403, [], 'Too many wrong attempts. Sign-in is locked for now; wait, or reset the password.'),
  METADATA_PROFILE_NOT_SPECIFIED: entry(400, [], 'Additional fields need a metadata profile.'),
  MISSING_KS: entry(401, [], 'Sign in first: this call needs a session (KS).'),
  MISSING_MANDATORY_PARAMETER: entry(400, ['PARAM_NAME'], 'The parameter "@PARAM_NAME@" is missing.'),
  MISSING_OTP: entry(401, [], 'A one-time code is needed.'),
  NEW_LOGIN_REQUIRED: entry(401, [], 'Sign in to that account anew.'),
  NEW_PASSWORD_HASH_KEY_EXPIRED: entry(410, [], 'The link has expired. Ask for a new one.'),
  NEW_PASSWORD_HASH_KEY_INVALID: entry(410, [], 'The link is not the newest one, or was used. Ask for a new one.'),
  NOT_ALLOWED_TO_CHANGE_ROLE: entry(403, [], 'You may not change roles here.'),
  OBJECT_TYPE_ABSTRACT: entry(400, ['OBJ_TYPE'], 'The type "@OBJ_TYPE@" is abstract. Send one of its concrete types.'),
  ONLY_ONE_ROLE_PER_USER_ALLOWED: entry(400, [], 'Only one role per user is allowed.'),
  PARTNER_ACCESS_FORBIDDEN: entry(
    403,
    ['ACCESSING_PID', 'ACCESSED_PID'],
    'Account @ACCESSING_PID@ has no access to account @ACCESSED_PID@.',
  ),
  PARTNER_CHANGE_ACCOUNT_DISABLED: entry(403, [], 'This session may not change to that account.'),
  PASSWORD_ALREADY_USED: entry(400, [], 'This password was used before. Choose a new one.'),
  PASSWORD_EXPIRED: entry(403, [], 'The password has expired. Choose a new one.'),
  PASSWORD_STRUCTURE_INVALID: entry(400, ['RULES'], 'The password does not follow the rules:\n@RULES@'),
  PERMISSION_NOT_FOUND: entry(400, ['ERR_TEXT'], 'There is no permission "@ERR_TEXT@".'),
  /** Usher's own: the person has to give the password once more. Only in a browser session. */
  PROOF_REQUIRED: entry(403, [], 'Confirm that it is you: type your password once more and try again.'),
  PROPERTY_VALIDATION_CANNOT_BE_NULL: entry(400, ['PROP_NAME'], '"@PROP_NAME@" is needed.'),
  PROPERTY_VALIDATION_MAX_LENGTH: entry(400, ['PROP_NAME', 'MAX_LEN'], '"@PROP_NAME@" is too long; @MAX_LEN@ is the most.'),
  PROPERTY_VALIDATION_MIN_LENGTH: entry(400, ['PROP_NAME', 'MIN_LEN'], '"@PROP_NAME@" is too short; @MIN_LEN@ is the least.'),
  PROPERTY_VALIDATION_NOT_UPDATABLE: entry(400, ['PROP_NAME'], '"@PROP_NAME@" cannot be set.'),
  PROPERTY_VALIDATION_WRONG_FORMAT: entry(400, ['PROP_NAME', 'FORMAT'], '"@PROP_NAME@" must be of the form: @FORMAT@.'),
  QUERY_EXCEEDED_MAX_MATCHES_ALLOWED: entry(400, [], 'A list ends at 10,000 items. Narrow the filter, or move its lower bound.'),
  RESOURCE_IS_RESERVED: entry(429, ['RESOURCE_ID'], 'Too many requests for "@RESOURCE_ID@". Wait a few minutes.'),
  ROLE_ID_MISSING: entry(400, [], 'A role is needed.'),
  ROLE_IS_BEING_USED: entry(409, [], 'The role is held by users. Give them another first.'),
  ROLE_NAME_ALREADY_EXISTS: entry(409, [], 'There is a role of this name already.'),
  SERVICE_ACCESS_CONTROL_RESTRICTED: entry(403, ['SERVICE'], '@SERVICE@ is not allowed from this address.'),
  SERVICE_DOES_NOT_EXISTS: entry(404, ['SRV_NAME'], 'There is no service "@SRV_NAME@".'),
  SERVICE_FORBIDDEN: entry(403, ['SERVICE'], 'You have no permission for @SERVICE@.'),
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: entry(403, [], 'The account is not active.'),
  SERVICE_NOT_SPECIFIED: entry(400, [], 'Name the service to call.'),
  SETTING_SSO_PER_USER_NOT_ALLOWED: entry(403, [], 'The account does not allow single users to be excluded from its sign-in.'),
  START_SESSION_ERROR: entry(401, ['PID'], 'No session for account @PID@: check the account id and the secret.'),
  UNKNOWN_PARTNER_ID: entry(404, ['PID'], 'There is no account @PID@.'),
  UNKNOWN_ROLE_ID: entry(404, ['ID'], 'There is no role "@ID@".'),
  UNSAFE_HTML_TAGS: entry(
    400,
    ['CLASS_NAME', 'PROPERTY_NAME'],
    '"@PROPERTY_NAME@" of @CLASS_NAME@ holds markup. Remove what looks like HTML, such as <b>.',
  ),
  UPDATING_USER_ID_FOR_HASHED_USER_NOT_ALLOWED: entry(
    409,
    [],
    'The id of this user is made from its external id and cannot be changed.',
  ),
  UPLOAD_ERROR: entry(400, [], 'The file did not arrive whole. Send it again.'),
  USER_BLOCKED: entry(403, [], 'The user of this session is blocked.'),
  USER_DATA_ERROR: entry(401, [], 'The sign-in details are not right.'),
  USER_EMAIL_NOT_FOUND: entry(409, ['USER_ID'], 'The user "@USER_ID@" has no e-mail address. Add one first.'),
  USER_IS_BLOCKED: entry(403, [], 'The user or the account is blocked.'),
  USER_LOGIN_ALREADY_DISABLED: entry(409, [], 'Sign-in of this user is already off.'),
  USER_LOGIN_ALREADY_ENABLED: entry(409, [], 'Sign-in of this user is already on.'),
  USER_NOT_FOUND: entry(404, [], 'There is no such user.'),
  USER_ROLE_NOT_FOUND: entry(404, [], 'There is no such role in this account.'),
  USER_WRONG_PASSWORD: entry(401, [], 'The user or the password is wrong.'),
  /** Usher's own: somebody saved over a version that is no longer the current one. Only for who sends the version, as pages do. */
  VERSION_CONFLICT: entry(
    409,
    ['VERSION'],
    'Somebody else changed this in the meantime (version @VERSION@). Compare and save again.',
  ),
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof catalogue
type ArgsOf<C extends ErrorCode> = Record<(typeof catalogue)[C]['args'][number], string | number>

/** What is to be said, before it is put into words. */
export type Saying = { code: ErrorCode | FieldProblem; args: Record<string, string> }

/** Field path (`user.email`) → what is wrong with it, for the form that sent it. */
type Faults = Record<string, Saying>

/** An expected failure: thrown anywhere below `runAction`, which turns it into a result. */
export class ActionError<C extends ErrorCode = ErrorCode> extends Error {
  override name = 'ActionError'
  readonly code: C
  readonly args: Record<string, string>
  fields?: Faults
  /** What old clients do not see: the true reason, sent in the header `X-Usher-Reason`. */
  reason?: string

  constructor(code: C, ...[args]: (typeof catalogue)[C]['args']['length'] extends 0 ? [] : [args: Partial<ArgsOf<C>>]) {
    const values = argsOf(code, args)
    super(messageOf(code, values))
    this.code = code
    this.args = values
  }

  /** Arguments of an older form of the code, which some actions still answer (§1.8). */
  withArgs(args: Record<string, string>) {
    Object.assign(this.args, args)
    return this
  }

  /** Marks the form field that is at fault. */
  at(field: string, problem: Saying = this) {
    this.fields = { ...this.fields, [field]: problem }
    return this
  }
}

/** Declared names in declared order; what the thrower left out reads `N/A` (§1.8). Tags are stripped. */
function argsOf(code: ErrorCode, given: Record<string, string | number | undefined> = {}) {
  return Object.fromEntries(catalogue[code].args.map((name) => [name, String(given[name] ?? 'N/A').replace(/<[^>]*>/g, '')]))
}

const messageOf = (code: ErrorCode, args: Record<string, string>) => filled(catalogue[code].message, args)

export function isCode<C extends ErrorCode>(error: unknown, ...codes: C[]): error is ActionError<C> {
  return error instanceof ActionError && codes.includes(error.code as C)
}
