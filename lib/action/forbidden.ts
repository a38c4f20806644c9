import { ActionError } from './errors'

/** The refusal of an action that the caller has no right to: `user.addFromBulkUpload` reads `user->addfrombulkupload` (§12). */
export function forbidden(action: string) {
  return new ActionError('SERVICE_FORBIDDEN', { SERVICE: action.replace('.', '->').toLowerCase() })
}
