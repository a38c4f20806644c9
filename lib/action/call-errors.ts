import 'server-only'
import type { AnyAction } from './define-action'
import { ActionError, type ErrorCode } from './errors'

/** What a request that cannot be read is refused for (§1.2): before anybody knows which action was meant, so none can hide it. */
const requestErrors: readonly ErrorCode[] = [
  'INVALID_FIELD_VALUE',
  'PROPERTY_VALIDATION_MAX_LENGTH',
  'PROPERTY_VALIDATION_WRONG_FORMAT',
  'UPLOAD_ERROR',
]

/** What the parameters of any call may be refused for besides (§1.5). */
const parameterErrors: readonly ErrorCode[] = [
  'INVALID_ENUM_VALUE',
  'INVALID_PARAMETER_CHAR',
  'MISSING_MANDATORY_PARAMETER',
  'OBJECT_TYPE_ABSTRACT',
  'PROPERTY_VALIDATION_CANNOT_BE_NULL',
  'PROPERTY_VALIDATION_MIN_LENGTH',
  'UNSAFE_HTML_TAGS',
]

/** What the caller may be refused for, whatever he asks (§2). */
const callerErrors: readonly ErrorCode[] = ['ACTION_BLOCKED', 'SERVICE_FORBIDDEN', 'SERVICE_FORBIDDEN_CONTENT_BLOCKED']

/** And where a session is needed. */
const sessionErrors: readonly ErrorCode[] = ['INVALID_KS', 'INVALID_OBJECT_ID', 'MISSING_KS', 'USER_BLOCKED']

const serverErrors: readonly ErrorCode[] = ['INTERNAL_DATABASE_ERROR', 'INTERNAL_SERVERL_ERROR']

/**
 * The codes that a call of this action may answer: its own first, then those of every call. What the action hides is left out. `own`
 * is empty for an action that does not say.
 */
export function callErrors(action: AnyAction): { own: ErrorCode[]; general: ErrorCode[] } {
  const own = shownBy(action, action.errors ?? [])
  const session = action.audience === 'partner' ? sessionErrors : []
  const general = new Set([
    ...requestErrors,
    ...shownBy(action, [...callerErrors, ...session, ...parameterErrors, ...serverErrors]),
  ])
  return { own: own.toSorted(), general: [...general].filter((code) => !own.includes(code)).toSorted() }
}

/** The mask of an action sees the errors that it would see in a call. */
function shownBy({ mask }: AnyAction, codes: readonly ErrorCode[]): ErrorCode[] {
  if (!mask) return [...codes]
  const shown = codes.map((code) => mask(new ActionError<ErrorCode>(code, {}))?.code)
  return [...new Set(shown)].filter((code) => code !== undefined)
}
