import 'server-only'
import { transaction } from '@/db/client'
import { isUnavailable } from '@/db/failures'
import { findNewestUser, findUser } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { log } from '@/lib/log'
import { addUser } from '@/lib/user/actions/add-user'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { updateUser } from '@/lib/user/actions/update-user'
import { hashedUserId } from '@/lib/user/hashed-user-id'
import { applyGroup } from './apply-group'
import { addWithLogin, passwordHashOf } from './import-login'
import type { BulkRow } from './read-rows'
import { call, RowRefused } from './row-refused'
import { BadCell, type Column, userDataOf } from './user-columns'

/** What became of a row; `error` is a sentence for the uploader, null when the row was applied. */
export type RowOutcome = {
  action: string | null
  userId: string | null
  userKey: number | null
  userStatus: number | null
  errorCode: string | null
  error: string | null
}

/**
 * Applies a row through the very actions that it names, with the rights of the caller (§10.2): all of it or nothing. A row that
 * fails is told of in its outcome; what the database cannot do now is thrown, as it is no fault of the row.
 */
export async function applyRow(ctx: PartnerContext, { values }: Pick<BulkRow, 'values'>): Promise<RowOutcome> {
  const outcome: RowOutcome = { action: null, userId: null, userKey: null, userStatus: null, errorCode: null, error: null }
  try {
    const action = actionOf(values)
    outcome.action = action
    const userId = idOf(ctx, values)
    outcome.userId = userId
    return await transaction(async () => {
      // Notices are for the caller of a single action.
      await change({ ...ctx, notices: [] }, action, userId, values)
      const user = (await findUser(ctx.partner.id, userId)) ?? (await findNewestUser(ctx.partner.id, userId))
      return { ...outcome, userKey: user?.key ?? null, userStatus: user?.status ?? null }
    })
  } catch (error) {
    if (isUnavailable(error) || (error instanceof RowRefused && error.code === 'INTERNAL_DATABASE_ERROR')) throw error
    return { ...outcome, ...reasonOf(error, ctx) }
  }
}

type BulkAction = 'add' | 'update' | 'delete' | 'upsert'
type Values = ReadonlyMap<Column, string>

/** By the contract's numbers (§10.2) or by name; a row without one adds. */
const actions = new Map<string, BulkAction>([
  ['', 'add'],
  ['1', 'add'],
  ['add', 'add'],
  ['2', 'update'],
  ['update', 'update'],
  ['3', 'delete'],
  ['delete', 'delete'],
  ['6', 'upsert'],
  ['upsert', 'upsert'],
])

function actionOf(values: Values) {
  const given = values.get('action') ?? ''
  const action = actions.get(given.toLowerCase())
  if (!action) throw new BadCell('action', given, 'Use add, update, delete or upsert.')
  return action
}

function idOf({ partner }: PartnerContext, values: Values) {
  const [userId, externalId] = [values.get('userId'), values.get('externalId')]
  if (userId) return userId
  if (!externalId) throw new RowRefused('MISSING_MANDATORY_PARAMETER', 'The row has neither a userId nor an externalId.')
  return partner.settings.hashExternalIds ? hashedUserId(partner.id, externalId) : externalId
}

async function change(ctx: PartnerContext, action: BulkAction, userId: string, values: Values) {
  if (action === 'delete') return call(ctx, deleteUser, { userId })
  const passwordHash = passwordHashOf(ctx, values)
  const user = userDataOf(values)
  const isNew = action === 'add' || (action === 'upsert' && (await findUser(ctx.partner.id, userId)) === null)
  if (isNew) {
    const added = { ...user, id: values.get('userId') }
    if (passwordHash) await addWithLogin(ctx, userId, added, passwordHash)
    else await call(ctx, addUser, { user: added })
  } else {
    if (passwordHash) throw new RowRefused('PROPERTY_VALIDATION_NOT_UPDATABLE', 'A passwordHash is only taken for a new user.')
    // An external id that the user is known by is no change of it.
    if (!values.has('userId')) delete user.externalId
    await call(ctx, updateUser, { userId, user })
  }
  if (values.has('group')) await applyGroup(ctx, userId, values)
}

function reasonOf(error: unknown, ctx: PartnerContext): Pick<RowOutcome, 'errorCode' | 'error'> {
  if (error instanceof RowRefused || error instanceof ActionError) return { errorCode: error.code, error: error.message }
  if (error instanceof BadCell) return { errorCode: 'INVALID_FIELD_VALUE', error: error.message }
  log().error({ requestId: ctx.requestId, err: error }, 'a row failed unexpectedly')
  const { code, message } = new ActionError('INTERNAL_SERVERL_ERROR')
  return { errorCode: code, error: message }
}
