import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { addAppToken } from './actions/add-app-token'
import { deleteAppToken } from './actions/delete-app-token'
import { getAppToken } from './actions/get-app-token'
import { listAppTokens } from './actions/list-app-tokens'
import { startAppTokenSession } from './actions/start-app-token-session'
import { updateAppToken } from './actions/update-app-token'

/** Application tokens: sessions for programs that do not hold the secret of the account. */
export const appTokenService = {
  add: addAppToken,
  get: getAppToken,
  list: listAppTokens,
  update: updateAppToken,
  delete: deleteAppToken,
  startSession: startAppTokenSession,
} satisfies Service
