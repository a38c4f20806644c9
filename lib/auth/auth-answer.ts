import 'server-only'
import { comeAgain } from '@/lib/action/busy'

/**
 * What next-auth answers to a sign-in, but 503 and when to come again where there was no room for it (A16): the library itself
 * answers 401 to every refusal.
 */
export async function withBusyStatus(answer: Response): Promise<Response> {
  if (answer.status !== 401) return answer
  const { url } = await answer.clone().json()
  if (new URL(url).searchParams.get('error') !== 'ACTION_BLOCKED') return answer
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(comeAgain)) headers.set(name, value)
  return new Response(answer.body, { status: 503, headers })
}
