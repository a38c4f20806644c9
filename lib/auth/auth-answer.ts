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
  return withCookieLife(await withOwnStatus(answer))
}

/** The password was right and the page goes on: no failure, which a browser would report. */
const nextSteps = ['MISSING_OTP', 'NOT_CONFIRMED', 'NOT_ENROLLED', 'PASSWORD_EXPIRED', 'NEW_LOGIN_REQUIRED']

/** The library answers 401 to all that it does not let in: 503 and when to come again where there was no room (A16), 200 for a next step. */
async function withOwnStatus(answer: Response): Promise<Response> {
  if (answer.status !== 401) return answer
  const { url } = await answer.clone().json()
  const error = new URL(url).searchParams.get('error') ?? ''
  const headers = new Headers(answer.headers)
  if (error === 'ACTION_BLOCKED') for (const [name, value] of Object.entries(comeAgain)) headers.set(name, value)
  const status = error === 'ACTION_BLOCKED' ? 503 : nextSteps.includes(error) ? 200 : 401
  return new Response(answer.body, { status, headers })
}
