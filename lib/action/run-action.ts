import 'server-only'
import type { z } from 'zod'
import { isUnavailable } from '@/db/failures'
import { CallerGone, whileAwaited } from '@/db/gone-caller'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { log } from '@/lib/log'
import { takeCall } from './call-limit'
import type { Context, PartnerContext } from './context'
import type { Action, AnyAction } from './define-action'
import { ActionError, isCode } from './errors'
import { forbidden } from './forbidden'
import { parseInput } from './parse-input'
import { allows } from './permissions'
import type { Failed, Result } from './result'
import { said } from './said'
import { type Reader, shaped } from './shape'

/**
 * The one pipeline: authorize, parse, handle, shape, log. Every transport builds a context, calls this and translates the
 * result; it never throws. `reader` tells whether the fields that only pages get are in the answer.
 */
export async function runAction<I extends z.ZodType, O extends z.ZodType>(
  action: Action<I, O>,
  ctx: Context,
  input: unknown,
  reader: Reader = 'page',
): Promise<Result<z.output<O>>> {
  const started = performance.now()
  try {
    const data = await authorizedCall(action, ctx, input, reader)
    record(action.name, ctx, started, 'OK')
    // A change that the database had begun anew has said the same twice.
    return { ok: true, data, changes: [...(action.changes ?? [])], notices: [...new Set(ctx.notices)] }
  } catch (cause) {
    const error = toActionError(cause, action.name, ctx)
    record(action.name, ctx, started, isGone(cause) ? 'GONE' : error.code)
    const shown = action.mask ? action.mask(error) : error
    // A masked failure answers like a success: `null` where the contract says so.
    if (shown === null) return { ok: true, data: null as z.output<O>, changes: [], notices: [] }
    return failed(shown, ctx)
  }
}

async function authorizedCall<I extends z.ZodType, O extends z.ZodType>(
  action: Action<I, O>,
  ctx: Context,
  input: unknown,
  reader: Reader,
) {
  takeCall(ctx)
  authorize(action, ctx)
  const parsed = parseInput(action.input, input)
  const handle = () =>
    action.audience === 'partner'
      ? withPartner(ctx.partner?.id ?? -1, () => action.handle(ctx as PartnerContext, parsed))
      : acrossPartners(() => action.handle(ctx, parsed))
  // What changes something is finished, whoever waits for it.
  const raw = await (ctx.gone && action.kind === 'query' ? whileAwaited(ctx.gone, handle) : handle())
  return shaped(action.output, raw, reader)
}

function authorize(action: AnyAction, ctx: Context) {
  if (ctx.actor.kind === 'operator') return requirePartner(action, ctx)
  if (action.audience === 'operator') throw forbidden(action.name)
  if (action.audience === 'anyone') return
  requirePartner(action, ctx)
  if (!allows(ctx.actor.grants, action.permission)) throw forbidden(action.name)
}

function requirePartner(action: AnyAction, ctx: Context) {
  if (action.audience === 'partner' && !ctx.partner) throw new ActionError('MISSING_KS')
}

function toActionError(cause: unknown, name: string, ctx: Context): ActionError {
  // Who refuses for want of room does not know whom he serves.
  if (isCode(cause, 'ACTION_BLOCKED')) return blocked(name)
  if (cause instanceof ActionError) return cause
  if (!isGone(cause)) log().error({ requestId: ctx.requestId, action: name, err: cause }, 'unexpected failure')
  return failureOf(cause)
}

/** What a failure of ours is told as: whether it may be different in a while, and nothing else. */
export const failureOf = (cause: unknown) =>
  new ActionError(isUnavailable(cause) ? 'INTERNAL_DATABASE_ERROR' : 'INTERNAL_SERVERL_ERROR')

/** Drizzle wraps what a driver throws. */
const isGone = (cause: unknown) => cause instanceof CallerGone || (cause instanceof Error && cause.cause instanceof CallerGone)

function blocked(name: string) {
  const [service = '', action = ''] = name.split('.')
  return new ActionError('ACTION_BLOCKED', { ACTION_NAME: action, SERVICE_NAME: service })
}

/** A refusal as the caller gets it: in words of his language. */
export function failed(error: ActionError, { requestId, language }: Pick<Context, 'requestId' | 'language'>): Failed {
  const { code, args, fields = {}, reason } = error
  const faults = Object.entries(fields).map(([path, fault]) => [path, said(fault, language)])
  return {
    ok: false,
    error: { code, message: said(error, language), args, fields: Object.fromEntries(faults), requestId, reason },
  }
}

function record(action: string, ctx: Context, started: number, result: string) {
  log().info({
    requestId: ctx.requestId,
    action,
    origin: ctx.origin,
    partnerId: ctx.partner?.id,
    result,
    ms: Math.round((performance.now() - started) * 10) / 10,
  })
}
