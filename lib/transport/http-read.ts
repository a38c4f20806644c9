import 'server-only'
import { Readable } from 'node:stream'
import { comeAgainAfter } from '@/lib/action/busy'
import { ActionError, catalogue } from '@/lib/action/errors'
import { FileAnswer } from '@/lib/action/file'
import { findAction } from '@/lib/action/registry'
import type { Result } from '@/lib/action/result'
import { failed, runAction } from '@/lib/action/run-action'
import { sessionContext } from '@/lib/auth/session'
import { fileHeaders, openFile } from './api-v3/file-response'
import { byItselfHeader } from './by-itself'

/**
 * The GET adapter for lists that people type into: `GET /api/{service}/{action}?input={json}` for the signed-in person. Queries
 * only: a GET changes nothing, but that the person was seen; not even that where the page looks again by itself (`byItselfHeader`). The
 * answer is a `Result`, its HTTP status the error's; or the file, where the action gives one.
 */
export async function httpRead(service: string, action: string, request: Request): Promise<Response> {
  const isByItself = request.headers.has(byItselfHeader)
  const ctx = { ...(await sessionContext({ isByItself })), gone: request.signal }
  try {
    const found = findAction(service, action)
    if (found.kind !== 'query') throw new ActionError('ACTION_FORBIDDEN', { ACTION_NAME: action })
    const result = await runAction(found, ctx, inputOf(request))
    return result.ok && result.data instanceof FileAnswer ? await download(result.data) : answer(result)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    return answer(failed(error, ctx))
  }
}

function inputOf(request: Request): unknown {
  const input = new URL(request.url).searchParams.get('input')
  if (!input) return {}
  try {
    return JSON.parse(input)
  } catch {
    throw new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: 'input', FORMAT: 'JSON' })
  }
}

/** Kept by the browser, never shown: what people uploaded does not become a page of ours. */
async function download(file: FileAnswer) {
  const body = Readable.toWeb(Readable.from(await openFile(file), { objectMode: false })) as ReadableStream
  return new Response(body, { headers: { ...fileHeaders(file), 'x-content-type-options': 'nosniff' } })
}

function answer(result: Result<unknown>) {
  return Response.json(result, {
    status: result.ok ? 200 : catalogue[result.error.code].status,
    headers: { 'cache-control': 'no-store', ...(!result.ok && comeAgainAfter(result.error.code)) },
  })
}
