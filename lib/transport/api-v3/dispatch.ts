import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { clientAddress } from '@/lib/auth/client-address'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { answer, type WireResponse } from './answer'
import type { WireRequest } from './parse'

/** How long the rest of a refused body is read and dropped, so that the client can finish sending and read the answer. */
const patience = 5_000

/** Serves one request of the wire on Node's own server. Never throws; a client that goes away harms nobody. */
export async function dispatch(req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const response = await answer(requestOf(req))
    if (res.destroyed) return
    res.writeHead(response.status, response.headers)
    if (req.method === 'HEAD') res.end()
    else if (response.endsConnection) await endAfterBody(req, res, response)
    else res.end(response.body)
  } catch (error) {
    log().error({ err: error }, 'the wire failed')
    res.destroy()
  }
}

function requestOf(req: IncomingMessage): WireRequest {
  const header = (name: string) => {
    const value = req.headers[name]
    return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
  }
  return {
    method: req.method ?? 'GET',
    url: req.url ?? '/',
    header,
    // A reader that stops early leaves the connection as it is, so that the refusal can be sent.
    body: req.iterator({ destroyOnReturn: false }),
    isWhole: () => req.complete,
    address: clientAddress(req.socket.remoteAddress, header('x-forwarded-for') ?? undefined, env().trustedProxies),
  }
}

async function endAfterBody(req: IncomingMessage, res: ServerResponse, { body }: WireResponse) {
  res.write(body)
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patience)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    req.once('end', done).once('close', done).once('error', done)
    req.resume()
  })
  res.end()
  req.destroy()
}
