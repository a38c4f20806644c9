import 'server-only'
import type { Context } from '@/lib/action/context'
import type { AnyAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { FileAnswer } from '@/lib/action/file'
import type { findAction } from '@/lib/action/registry'
import type { Failed } from '@/lib/action/result'
import { failed, failureOf, runAction } from '@/lib/action/run-action'
import { referenceTime } from '@/lib/auth/session-context'
import { log } from '@/lib/log'
import type { Callers } from './caller'
import { coerceInput } from './coerce'
import type { Files } from './files'
import { refuseUnknownLanguage } from './language'
import type { Params } from './params'
import { profileOf } from './response-profile'

/** What one call comes to: plain data, or the error. */
export type Answer = { data: unknown } | { error: Pick<ActionError, 'code' | 'message' | 'args'> }

export type Outcome<A = Answer | { file: FileAnswer }> = {
  answer: A
  /** What the caller should know besides. */
  notices: readonly string[]
  /** The true reason of a refusal, where old clients do not see it. */
  reason?: string
}

/** What the calls of one request have in common. */
export type Site = {
  ctx: Context
  callers: Callers
  find: typeof findAction
  files: Files
}

/** One call with its parameters. Never throws. */
export async function call(params: Params, site: Site): Promise<Outcome> {
  const { ctx, callers, files } = site
  let action: AnyAction | undefined
  try {
    action = actionOf(params, site)
    refuseUnknownLanguage(params)
    const profile = profileOf(params)
    const caller = await callers.callerOf(params, ctx, action)
    const input = coerceInput(action.input, params, { now: referenceTime(caller), files })

    const result = await runAction(action, caller, input, 'wire')
    if (action.kind === 'mutation') callers.forget()
    if (!result.ok) return refusal(result)
    const { data, notices } = result
    return { answer: data instanceof FileAnswer ? { file: data } : { data: profile ? profile(data) : data }, notices }
  } catch (error) {
    return masked(refused(error, ctx), error, action)
  }
}

function actionOf({ service, action }: Params, { find }: Site): AnyAction {
  if (typeof service !== 'string' || service === '') throw new ActionError('SERVICE_NOT_SPECIFIED')
  if (typeof action !== 'string' || action === '') throw new ActionError('ACTION_NOT_SPECIFIED')
  return find(service, action)
}

/** The answer for an error: its own for a refusal; for a failure of ours, nothing but where it stands in the log (O03). */
export function refused(error: unknown, ctx: Context): Outcome<Answer> {
  if (error instanceof ActionError) return refusal(failed(error, ctx))
  log().error({ requestId: ctx.requestId, err: error }, 'unexpected failure on the wire')
  return refusal(failed(failureOf(error), ctx))
}

const refusal = ({ error }: Failed): Outcome<Answer> => ({ answer: { error }, notices: [], reason: error.reason })

/** What an action hides, it hides for faults of the request too (§1.8). */
function masked(outcome: Outcome, error: unknown, action: AnyAction | undefined): Outcome {
  if (!action?.mask || !(error instanceof ActionError)) return outcome
  const shown = action.mask(error)
  return { answer: shown ? { error: shown } : { data: null }, notices: [] }
}
