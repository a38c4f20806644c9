import 'server-only'
import { type Context, newContext } from '@/lib/action/context'
import type { AnyAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { findAction } from '@/lib/action/registry'
import type { Failed } from '@/lib/action/result'
import { failed, runAction } from '@/lib/action/run-action'
import { invalidKs, referenceTime, withKs, withRequestedPartner } from '@/lib/auth/session-context'
import { log } from '@/lib/log'
import { coerceInput, coerceInt } from './coerce'
import { type Answer, formats, xml } from './formats'
import type { Params, ParamValue } from './params'
import { parse, parseUrl, type WireRequest } from './parse'
import { wireShape } from './shape'

/** `endsConnection`: the body was not read to its end. */
export type WireResponse = { status: number; headers: Record<string, string>; body: string; endsConnection: boolean }

type Outcome = { answer: Answer; notices: string[]; reason?: string; endsConnection?: boolean }

/** Answers one request of the wire (§1) at HTTP 200, in the format that was asked for, errors too. */
export async function answer(request: WireRequest): Promise<WireResponse> {
  const started = performance.now()
  const ctx = newContext({ origin: 'wire', address: request.address, userAgent: request.header('user-agent') })
  if (request.method === 'OPTIONS') return { status: 200, headers: { ...preflightHeaders }, body: '', endsConnection: false }

  let params = safely(() => parseUrl(request.url))
  let outcome: Outcome
  try {
    params = await parse(request)
    outcome = await call(params, request, ctx)
  } catch (error) {
    outcome = { ...refused(error, ctx), endsConnection: !request.isWhole() }
    // A body that could not be read cannot tell the format; what it was said to be does.
    if (params.format === undefined && saysJson(request)) params.format = 1
  }
  return written(outcome, params, ctx, (performance.now() - started) / 1000)
}

function saysJson(request: WireRequest) {
  return [request.header('accept'), request.header('content-type')].some((type) => type?.includes('application/json'))
}

/** One call with its parameters; a multirequest is several of them. */
async function call(params: Params, request: WireRequest, ctx: Context): Promise<Outcome> {
  const action = actionOf(params)
  let caller: Context
  let input: Record<string, unknown>
  try {
    caller = await callerOf(params, request, ctx, action)
    input = coerceInput(action.input, params, { now: referenceTime(caller) })
  } catch (error) {
    return masked(refused(error, ctx), error, action)
  }
  const result = await runAction(action, caller, input)
  if (!result.ok) return refusal(result)
  return { answer: { data: wireShape(action.output, result.data) }, notices: result.notices }
}

function actionOf({ service, action }: Params): AnyAction {
  if (typeof service !== 'string' || service === '') throw new ActionError('SERVICE_NOT_SPECIFIED')
  if (typeof action !== 'string' || action === '') throw new ActionError('ACTION_NOT_SPECIFIED')
  return findAction(service, action)
}

/** Who asks, and for which account (§1.6). An action for anyone goes on without a session that is not valid. */
async function callerOf(params: Params, { url }: WireRequest, ctx: Context, action: AnyAction): Promise<Context> {
  const requestedPartnerId = wholeNumber(params.partnerId ?? params.p)
  const { ks } = params
  if (ks !== undefined && ks !== null && ks !== '') {
    try {
      if (typeof ks !== 'string') throw invalidKs('', 'INVALID_STR')
      return await withKs(ctx, ks, { action: action.name, uri: url.split('?')[0] ?? '', requestedPartnerId })
    } catch (error) {
      if (action.audience !== 'anyone' || isCode(error, 'SERVICE_FORBIDDEN')) throw error
    }
  }
  return requestedPartnerId === undefined ? ctx : withRequestedPartner(ctx, requestedPartnerId)
}

/** An account id; 0 and what is no number count as absent. */
function wholeNumber(value: ParamValue | undefined) {
  const number = typeof value === 'string' || typeof value === 'number' ? coerceInt(value, { name: 'partnerId' }) : 0
  return number === 0 ? undefined : number
}

function refused(error: unknown, ctx: Context): Outcome {
  if (error instanceof ActionError) return refusal(failed(error, ctx))
  log().error({ requestId: ctx.requestId, err: error }, 'unexpected failure on the wire')
  return refusal(failed(new ActionError('INTERNAL_SERVERL_ERROR'), ctx))
}

const refusal = ({ error }: Failed): Outcome => ({ answer: { error }, notices: [], reason: error.reason })

/** What an action hides, it hides for faults of the request too (§1.8). */
function masked(outcome: Outcome, error: unknown, action: AnyAction): Outcome {
  if (!action.mask || !(error instanceof ActionError)) return outcome
  const shown = action.mask(error)
  return shown ? { answer: { error: shown }, notices: [] } : { answer: { data: null }, notices: [] }
}

const exposed = 'Server, Content-Length, Content-Range, Date, X-Kaltura, X-Kaltura-Session, X-Me, X-Usher-Notice, X-Usher-Reason'

const preflightHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control',
  'Access-Control-Allow-Methods': 'POST, GET, HEAD, OPTIONS',
  'Access-Control-Max-Age': '86400',
  'Access-Control-Expose-Headers': exposed,
  'Content-Length': '0',
}

function written(
  { answer, notices, reason, endsConnection = false }: Outcome,
  params: Params,
  ctx: Context,
  seconds: number,
): WireResponse {
  const asked = params.format === undefined ? xml : Number(params.format)
  const format = formats.get(asked)
  const body = format
    ? format.write(answer, {
        seconds,
        ignoreNull: params.ignoreNull === '1' || params.ignoreNull === 1 || params.ignoreNull === true,
      })
    : ''
  const headers: Record<string, string> = {
    'Content-Type': format?.contentType ?? 'text/plain',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': exposed,
    'X-Kaltura-Session': ctx.requestId,
    'X-Me': 'usher',
  }
  if (!format) headers['X-Kaltura'] = 'error-UNKNOWN_RESPONSE_FORMAT'
  else if ('error' in answer) {
    headers['X-Kaltura'] = `error-${answer.error.code}`
    headers['X-Kaltura-App'] = `exiting on error ${answer.error.code}`
  }
  if (notices.length > 0) headers['X-Usher-Notice'] = notices.join(', ')
  if (reason) headers['X-Usher-Reason'] = reason
  if (endsConnection) headers.Connection = 'close'
  return { status: 200, headers, body, endsConnection }
}

function safely(parse: () => Params): Params {
  try {
    return parse()
  } catch {
    return Object.create(null)
  }
}
