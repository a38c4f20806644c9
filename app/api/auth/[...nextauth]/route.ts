import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/session'

type Params = { params: Promise<{ nextauth: string[] }> }

const handler = (request: Request, context: Params) => NextAuth(authOptions())(request, context)

export { handler as GET, handler as POST }
