import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/session'

type Params = { params: Promise<{ nextauth: string[] }> }

const mostBytes = 16_384

/** The library reads the body whole, so a long one, or one of unknown length, is refused before. */
const handler = (request: Request, context: Params) => {
  const length = request.headers.get('content-length')
  const isTooLong = request.method === 'POST' && !(length !== null && Number(length) <= mostBytes)
  return isTooLong ? new Response(null, { status: 413 }) : NextAuth(authOptions())(request, context)
}

export { handler as GET, handler as POST }
