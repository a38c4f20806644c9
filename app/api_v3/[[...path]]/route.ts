import { Readable } from 'node:stream'
import { addressHeader } from '@/lib/auth/session'
import { answer } from '@/lib/transport/api-v3/answer'

/** The wire for servers without our front door; the same answers. */
async function handler(request: Request) {
  const { pathname, search } = new URL(request.url)
  const { status, headers, body } = await answer({
    method: request.method,
    url: pathname + search,
    header: (name) => request.headers.get(name),
    body: request.body ?? emptyBody(),
    isWhole: () => true,
    address: request.headers.get(addressHeader) ?? '',
  })
  return new Response(request.method === 'HEAD' ? null : bodyOf(body), { status, headers })
}

type Body = Awaited<ReturnType<typeof answer>>['body']

function bodyOf(body: Body) {
  return typeof body === 'string' || body instanceof Uint8Array ? body : (Readable.toWeb(Readable.from(body)) as ReadableStream)
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

export { handler as GET, handler as HEAD, handler as OPTIONS, handler as POST }
