import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports, no `server-only`.

/**
 * Milliseconds that a sender may take for the head of a request and for all of it, and between two looks at who is late (R27). Whoever
 * sends a large file may take longer as long as it comes at `leastRate` bytes a second.
 */
const limits = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 }
const leastRate = 16 * 1024

type Options = Partial<typeof limits> & {
  /** Connections at once, of everybody together and of one address; further ones are closed (R26). None is no limit. */
  connections?: number
  connectionsPerAddress?: number
  /** Lets WebSockets through to whoever listens for them: in development the pages are told of changes by one. */
  takesWebSockets?: boolean
}

/**
 * A server that speaks HTTP and nothing else. Slow senders get 408. An offer to go on in another protocol is declined by an answer in HTTP, as
 * clients expect that offer HTTP/2 with every request; a WebSocket could make nothing of one and gets 400. Either would wait for ever if
 * nobody took the socket.
 */
export function newServer(
  listener: RequestListener,
  { takesWebSockets = false, connections, connectionsPerAddress, ...times }: Options = {},
) {
  const { requestTimeout, ...rest } = { ...limits, ...times }
  const options = {
    ...rest,
    // Node's own limit knows nothing of progress.
    requestTimeout: 0,
    shouldUpgradeCallback: (request: IncomingMessage) => takesWebSockets && isWebSocket(request),
  }
  const watch = slownessWatch(requestTimeout)
  const timer = setInterval(watch.cutOff, rest.connectionsCheckingInterval).unref()
  const server = createServer(options, (req, res) => {
    if (isWebSocket(req)) return void res.writeHead(400, { Connection: 'close' }).end()
    watch.begin(req, res)
    listener(req, res)
  }).once('close', () => clearInterval(timer))
  if (connections) server.maxConnections = connections
  if (connectionsPerAddress) closeMoreOfAnAddress(server, connectionsPerAddress)
  return server
}

/** Connections of one address beyond `most` are closed as they come; none that is open is. */
function closeMoreOfAnAddress(server: Server, most: number) {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const count = open.get(address) ?? 0
    if (count >= most) return void socket.destroy()
    open.set(address, count + 1)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}

/** Ends requests whose bodies come too slowly, once they took so many milliseconds; one without a body costs nothing. */
function slownessWatch(after: number) {
  const watched = new Set<{ req: IncomingMessage; res: ServerResponse; socket: Socket; started: number; before: number }>()

  function begin(req: IncomingMessage, res: ServerResponse) {
    if (req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined) return
    // Kept here, as a request that was given up may have lost it by the time that it is looked at.
    const { socket } = req
    const entry = { req, res, socket, started: performance.now(), before: socket.bytesRead }
    watched.add(entry)
    // An answer may come before the end of the body, which then still holds the connection.
    res.once('close', () => req.complete && watched.delete(entry))
  }

  function cutOff() {
    for (const entry of watched) {
      const { req, res, socket, started, before } = entry
      if (req.complete || socket.destroyed) {
        watched.delete(entry)
        continue
      }
      const milliseconds = performance.now() - started
      const isSlow = ((socket.bytesRead - before) * 1000) / milliseconds < leastRate
      if (milliseconds < after || !isSlow) continue
      watched.delete(entry)
      if (res.headersSent) socket.destroy()
      else socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () => socket.destroy())
    }
  }

  return { begin, cutOff }
}

function isWebSocket({ headers }: IncomingMessage) {
  return headers.upgrade?.toLowerCase() === 'websocket'
}
