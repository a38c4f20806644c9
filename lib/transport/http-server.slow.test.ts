import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { heldMemory } from '@/lib/memory-testing'
import { newServer } from './http-server'

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const whenRead: RequestListener = (req, res) => void req.resume().once('end', () => res.end('read'))

/** A server on a port of its own, which answers `200` once it has read all of a request; its port. */
async function open(options: Parameters<typeof newServer>[1] = {}, listener = whenRead) {
  const server = newServer(listener, options)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise((resolve) => server.close(resolve)))
  return { server, port: (server.address() as AddressInfo).port }
}

/** Sends this and no more; all that comes back until the server ends the connection. */
function endOf(port: number, text: string) {
  return new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

const head = (...lines: string[]) => [...lines, 'Host: usher.test', '', ''].join('\r\n')
const webSocket = (path: string) =>
  head(
    `GET ${path} HTTP/1.1`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: bm9uY2U=',
  )

describe('a server that speaks HTTP and nothing else', () => {
  it.each(['/', '/users', '/_next/webpack-hmr', '/api_v3/', 'http://elsewhere.example/'])(
    'R21 refuses a WebSocket to %s and ends its connection, so that none is there to wait for at the end',
    async (path) => {
      const { server, port } = await open()
      // What the framework does with the server it is given.
      server.on('upgrade', () => {})
      expect(await endOf(port, webSocket(path))).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    },
  )

  it('answers a request that offers HTTP/2 beside, as the clients of Java do', async () => {
    const { server, port } = await open()
    server.on('upgrade', () => {})
    const offer = ['Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__']
    expect(await endOf(port, head('GET / HTTP/1.1', ...offer))).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })

  it('hands a WebSocket to who listens for it in development', async () => {
    const { server, port } = await open({ takesWebSockets: true })
    server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    expect(await endOf(port, webSocket('/_next/webpack-hmr'))).toMatch(/^HTTP\/1\.1 101 /)
  })
})

describe('slow senders', () => {
  const short = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 }

  it.each([
    ['the head of a request', 'GET / HTTP/1.1\r\nHost: usher.test\r\nX-Slow: '],
    ['a body of known length', head('POST / HTTP/1.1', 'Content-Length: 1000')],
    ['a body of unknown length', `${head('POST / HTTP/1.1', 'Transfer-Encoding: chunked')}5\r\nparts`],
  ])('R27 of %s are told so and cut off, while others are served', async (_what, beginning) => {
    const { port } = await open(short)
    const slow = Array.from({ length: 100 }, () => endOf(port, beginning))
    await wait(50)
    expect((await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).status).toBe(200)
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  })

  it('R27 hold no connection either when they are answered before they have sent all', async () => {
    const { port } = await open(short, (_req, res) => res.end('at once'))
    expect(await endOf(port, head('GET / HTTP/1.1', 'Content-Length: 1000'))).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })

  it('R27 are cut off, and end nothing else, when the request has lost its connection meanwhile', async () => {
    const { port } = await open(short, (req) => void Object.assign(req, { socket: null }))
    expect(await endOf(port, head('POST / HTTP/1.1', 'Content-Length: 1000'))).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
  })

  it('R27 go on as long as enough of it comes', async () => {
    const { port } = await open({ ...short, requestTimeout: 50 })
    const part = 'x'.repeat(4096)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', async () => {
        socket.write(head('POST / HTTP/1.1', 'Content-Length: 81920', 'Connection: close'))
        for (let sent = 0; sent < 81_920; sent += part.length) {
          socket.write(part)
          await wait(10)
        }
      })
      let text = ''
      socket.setEncoding('utf8').on('data', (more) => {
        text += more
      })
      socket.on('close', () => resolve(text)).on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })
})

describe('R26 many connections that are idle', () => {
  const sockets = new Set<Socket>()
  afterEach(() => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  })

  /** Opens so many, each of which has been served once and stays; answers how many there are. */
  async function idle(port: number, count: number, from = '127.0.0.1') {
    const one = () =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ port, host: '127.0.0.1', localAddress: from }, () => socket.write(head('GET / HTTP/1.1')))
        sockets.add(socket)
        socket
          .once('data', () => resolve(true))
          .once('close', () => resolve(false))
          .on('error', () => {})
      })
    const served = await Promise.all(Array.from({ length: count }, one))
    return served.filter(Boolean).length
  }
  const fetched = async (port: number) => (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } })).status

  it('leave others served, and hold little', async () => {
    const { port } = await open({ connections: 2_000 })
    const before = heldMemory()
    expect(await idle(port, 1_000)).toBe(1_000)
    // Both ends of each are in this process.
    expect((heldMemory() - before) / 1_000).toBeLessThan(60_000)
    const times = []
    for (let at = 0; at < 20; at++) {
      const started = performance.now()
      expect(await fetched(port)).toBe(200)
      times.push(performance.now() - started)
    }
    expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(200)
  })

  it('are only so many of one address, whatever it tries, and others have theirs', async () => {
    const { port } = await open({ connectionsPerAddress: 50 })
    expect(await idle(port, 120)).toBe(50)
    await expect(fetched(port)).rejects.toThrow()
    expect(await idle(port, 20, '127.0.0.2')).toBe(20)
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => fetched(port).catch(() => 0)).toBe(200)
  })

  it('are only so many of everybody together', async () => {
    const { port } = await open({ connections: 50 })
    expect((await idle(port, 30)) + (await idle(port, 30, '127.0.0.2'))).toBe(50)
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => fetched(port).catch(() => 0)).toBe(200)
  })
})
