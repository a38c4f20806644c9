import NextAuth from 'next-auth'
import { finishedAnswer } from '@/lib/auth/auth-answer'
import { authOptions } from '@/lib/auth/session'

type Params = { params: Promise<{ nextauth: string[] }> }

const mostBytes = 16_384

/** The library reads the body whole, so a long one, or one of unknown length, is refused before. */
const handler = async (request: Request, context: Params) => {
  // It fails when it is asked to sign somebody in by a GET, as a link would.
  if (request.method === 'GET' && new URL(request.url).pathname.includes('/callback/')) return new Response(null, { status: 405 })
  const length = request.headers.get('content-length')
  const isTooLong = request.method === 'POST' && !(length !== null && Number(length) <= mostBytes)
  if (isTooLong) return new Response(null, { status: 413 })
  return finishedAnswer(await NextAuth(authOptions())(request, context), request.headers.get('cookie'))
}

export { handler as GET, handler as POST }
