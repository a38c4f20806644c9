import 'server-only'
import { comeAgain } from '@/lib/action/busy'
import { newContext } from '@/lib/action/context'
import { closeBrowserSession } from './browser-session'
import { isTakenAway, ticketsFrom, withCookieLife } from './session-cookie'

/**
 * What next-auth answers to a request with these cookies, as we answer it. Where it takes the session's cookie away, the session is over
 * too (S08), whichever of the cookies it was.
 */
export async function finishedAnswer(answer: Response, sentCookies: string | null): Promise<Response> {
  if (isTakenAway(answer))
    for (const ticket of await ticketsFrom(sentCookies)) await closeBrowserSession(newContext({ origin: 'page' }), ticket)
  return withCookieLife(await withBusyStatus(answer))
}

/** 503 and when to come again where there was no room for a sign-in (A16): the library itself answers 401 to every refusal. */
async function withBusyStatus(answer: Response): Promise<Response> {
  if (answer.status !== 401) return answer
  const { url } = await answer.clone().json()
  if (new URL(url).searchParams.get('error') !== 'ACTION_BLOCKED') return answer
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(comeAgain)) headers.set(name, value)
  return new Response(answer.body, { status: 503, headers })
}
