import { respond } from '@/lib/transport/api-v3/web'

/** The wire for servers without our front door; the same answers. */
const handler = (request: Request) => respond(request)

export { handler as GET, handler as HEAD, handler as OPTIONS, handler as POST }
