import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Gone } from '@/db/gone-caller'
import { findAction } from '@/lib/action/registry'
import { clientAddress } from '@/lib/auth/client-address'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { answer } from './answer'
import type { WireRequest } from './body'

/** How long the rest of a refused body is read and dropped, so that the client can finish sending and read the answer. */
const patience = 5_000

/** Serves one request of the wire on Node's own server. Never throws; a client that goes away harms nobody. */
export const dispatch = dispatchTo(findAction)

/** The same for actions that `find` knows. */
export function dispatchTo(find: typeof findAction) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const { status, headers, body, endsConnection } = await answer(requestOf(req, res), find)
      if (!res.destroyed) res.writeHead(status, headers)
      if (typeof body !== 'string' && !(body instanceof Uint8Array)) await sendFile(body, res)
      else if (req.method === 'HEAD') res.end()
      else if (endsConnection) await endAfterBody(req, res, body)
      else res.end(body)
    } catch (error) {
      log().error({ err: error }, 'the wire failed')
      res.destroy()
    }
  }
}

/** As fast as it is read. A file that breaks off breaks the connection, so that nobody takes it for whole. */
async function sendFile(body: AsyncIterable<Uint8Array>, res: ServerResponse) {
  try {
    await pipeline(Readable.from(body, { objectMode: false }), res)
  } catch (error) {
    if (!isGone(error)) log().error({ err: error }, 'a file broke off')
    res.destroy()
  }
}

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE'

function requestOf(req: IncomingMessage, res: ServerResponse): WireRequest {
  const header = (name: string) => {
    const value = req.headers[name]
    return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
  }
  return {
    method: req.method ?? 'GET',
    url: req.url ?? '/',
    header,
    parts: () => req.iterator({ destroyOnReturn: false }),
    whole: (limit) => wholeOf(req, limit),
    isWhole: () => req.complete,
    address: clientAddress(req.socket.remoteAddress, header('x-forwarded-for') ?? undefined, env().trustedProxies),
    gone: goneOf(res),
  }
}

/** By events, as most bodies are one small part: an iterator costs more than the rest of its reading. */
function wholeOf(req: IncomingMessage, limit: number) {
  return new Promise<Buffer | null>((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    const take = (part: Buffer) => {
      length += part.length
      parts.push(part)
      if (length > limit) stop(null)
    }
    const stop = (bytes: Buffer | null) => {
      req.off('data', take).pause()
      resolve(bytes)
    }
    req
      .on('data', take)
      .once('end', () => resolve(Buffer.concat(parts, length)))
      .once('error', reject)
      // An error costs more than reading a body does, and most connections close after the end.
      .once('close', () => req.complete || reject(new Error('The body broke off')))
  })
}

/** A signal proper would cost each call more than it may ever be asked. */
function goneOf(res: ServerResponse): Gone {
  return {
    get aborted() {
      return res.destroyed && !res.writableFinished
    },
    addEventListener: (_type, listener) => void res.once('close', listener),
    removeEventListener: (_type, listener) => void res.off('close', listener),
  }
}

async function endAfterBody(req: IncomingMessage, res: ServerResponse, body: string | Uint8Array) {
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
