import 'server-only'
import { ActionError, catalogue } from '@/lib/action/errors'
import { findAction } from '@/lib/action/registry'
import type { Result } from '@/lib/action/result'
import { failed, runAction } from '@/lib/action/run-action'
import { sessionContext } from '@/lib/auth/session'

/**
 * The GET adapter for lists that people type into: `GET /api/{service}/{action}?input={json}` for the signed-in person. Queries
 * only: a GET changes nothing. The answer is a `Result`, its HTTP status the error's.
 */
export async function httpRead(service: string, action: string, request: Request): Promise<Response> {
  const ctx = await sessionContext()
  try {
    const found = findAction(service, action)
    if (found.kind !== 'query') throw new ActionError('ACTION_FORBIDDEN', { ACTION_NAME: action })
    return answer(await runAction(found, ctx, inputOf(request)))
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

function answer(result: Result<unknown>) {
  return Response.json(result, {
    status: result.ok ? 200 : catalogue[result.error.code].status,
    headers: { 'cache-control': 'no-store' },
  })
}
