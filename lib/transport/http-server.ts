import { createServer, type IncomingMessage, type RequestListener } from 'node:http'

// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports, no `server-only`.

/** Milliseconds that a sender may take for the head of a request and for all of it, and between two looks at who is late (R27). */
const limits = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 }

type Options = Partial<typeof limits> & {
  /** Lets WebSockets through to whoever listens for them: in development the pages are told of changes by one. */
  takesWebSockets?: boolean
}

/**
 * A server that speaks HTTP and nothing else. Slow senders get 408. An offer to go on in another protocol is declined by an answer in HTTP, as
 * clients expect that offer HTTP/2 with every request; a WebSocket could make nothing of one and gets 400. Either would wait for ever if
 * nobody took the socket.
 */
export function newServer(listener: RequestListener, { takesWebSockets = false, ...times }: Options = {}) {
  const options = {
    ...limits,
    ...times,
    shouldUpgradeCallback: (request: IncomingMessage) => takesWebSockets && isWebSocket(request),
  }
  return createServer(options, (req, res) => {
    if (isWebSocket(req)) res.writeHead(400, { Connection: 'close' }).end()
    else listener(req, res)
  })
}

function isWebSocket({ headers }: IncomingMessage) {
  return headers.upgrade?.toLowerCase() === 'websocket'
}
