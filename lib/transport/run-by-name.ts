import 'server-only'
import type { Context } from '@/lib/action/context'
import type { AnyAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { FileAnswer } from '@/lib/action/file'
import { parseInput } from '@/lib/action/parse-input'
import { findAction } from '@/lib/action/registry'
import type { Result } from '@/lib/action/result'
import { failed, runAction } from '@/lib/action/run-action'
import { referenceTime } from '@/lib/auth/session-context'
import { type Ran, Run } from '@/lib/explorer/schema'
import type { Answer } from './api-v3/call'
import { coerceInput } from './api-v3/coerce'
import { newParams, type Params } from './api-v3/params'
import { plainOf } from './api-v3/to-json'

/**
 * Any action by its name, for the signed-in person: loose parameters as on the wire, the one pipeline, and the answer as the wire
 * writes it. A refusal of the action is an answer, too; what fails here is a call that names no action (`MISSING_KS`,
 * `SERVICE_DOES_NOT_EXISTS`, `ACTION_DOES_NOT_EXISTS`), or that the person has to confirm first (`PROOF_REQUIRED`).
 */
export async function runByName(ctx: Context, call: unknown): Promise<Result<Ran>> {
  const started = performance.now()
  try {
    if (ctx.actor.kind !== 'user') throw new ActionError('MISSING_KS')
    const { service, action: name, parameters } = parseInput(Run, call)
    const action = findAction(service, name)
    const collected = newParams()
    collected.putJson(parameters)
    const result = await run(action, ctx, collected.params)
    if (!result.ok && result.error.code === 'PROOF_REQUIRED') return result
    const data = {
      body: written(result.ok ? { data: shown(result.data) } : { error: result.error }),
      isError: !result.ok,
      milliseconds: Math.round(performance.now() - started),
      requestId: ctx.requestId,
      notices: result.ok ? result.notices : [],
    }
    return { ok: true, data, changes: result.ok ? result.changes : [], notices: [] }
  } catch (error) {
    if (error instanceof ActionError) return failed(error, ctx)
    throw error
  }
}

async function run(action: AnyAction, ctx: Context, params: Params): Promise<Result<unknown>> {
  let input: Record<string, unknown>
  try {
    input = coerceInput(action.input, params, { now: referenceTime(ctx) })
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const told = action.mask ? action.mask(error) : error
    return told ? failed(told, ctx) : { ok: true, data: null, changes: [], notices: [] }
  }
  return runAction(action, ctx, input, 'wire')
}

/** A file is told about, not sent: pages of the console have a way of their own to download. */
const shown = (data: unknown) => (data instanceof FileAnswer ? { file: data.name, contentType: data.contentType } : data)

const written = (answer: Answer) => JSON.stringify(plainOf(answer), null, 2) ?? 'null'
