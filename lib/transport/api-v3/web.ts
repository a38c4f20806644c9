import 'server-only'
import { Readable } from 'node:stream'
import { findAction } from '@/lib/action/registry'
import { addressHeader } from '@/lib/auth/session'
import { answer, type WireResponse } from './answer'

/** Serves one request of the wire on a server that speaks in web requests. `find` knows the actions. */
export async function respond(request: Request, find = findAction): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const wireRequest = {
    method: request.method,
    url: pathname + search,
    header: (name: string) => request.headers.get(name),
    parts: () => request.body ?? emptyBody(),
    whole: (limit: number) => wholeOf(request.body ?? emptyBody(), limit),
    isWhole: () => true,
    address: request.headers.get(addressHeader) ?? '',
    gone: request.signal,
  }
  const { status, headers, body } = await answer(wireRequest, find)
  return new Response(request.method === 'HEAD' ? null : bodyOf(body), { status, headers })
}

async function wholeOf(body: AsyncIterable<Uint8Array>, limit: number) {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > limit) return null
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

function bodyOf(body: WireResponse['body']) {
  return typeof body === 'string' || body instanceof Uint8Array ? body : (Readable.toWeb(Readable.from(body)) as ReadableStream)
}
