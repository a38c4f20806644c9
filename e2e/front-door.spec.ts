import { connect } from 'node:net'
import { join } from 'node:path'
import { type APIResponse, expect } from '@playwright/test'
import Database from 'better-sqlite3'
import { test } from './fixtures'

/** What the server does with every request, whichever room it is for. */

const documents = ['/', '/sign-in', '/set-up', '/users', '/nothing-here']
const others = [
  '/api/health',
  '/api/user/list',
  '/api/auth/csrf',
  '/api/nothing/here',
  '/icon.svg',
  '/_next/static/nothing-here.js',
  '/%ff',
]

const nonceOf = (answer: APIResponse) => /'nonce-([\w+/]{22}==)'/.exec(answer.headers()['content-security-policy'] ?? '')?.[1]

for (const path of [...documents, ...others]) {
  test(`W06 W07 ${path} is sent with the headers that keep it in its place`, async ({ request }) => {
    const answer = await request.get(path, { maxRedirects: 0 })
    expect(answer.headers()).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(answer.headers()).not.toHaveProperty('x-powered-by')
    const policy = answer.headers()['content-security-policy'] ?? ''
    for (const part of [
      "'strict-dynamic'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(part)
    expect(policy.replace(/style-src-attr[^;]*/, '')).not.toContain('unsafe')
  })
}

test('W07 the wire is sent with the headers of answers that are no documents', async ({ request }) => {
  const answer = await request.get('/api_v3/?format=1')
  expect(answer.headers()).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers()).not.toHaveProperty('x-powered-by')
})

for (const path of documents) {
  test(`W06 every script and style of ${path} carries the nonce, a new one for each answer and never one that was sent`, async ({
    request,
  }) => {
    const sent = {
      'content-security-policy': "script-src 'nonce-c2VudA=='",
      'content-security-policy-report-only': "script-src 'nonce-c2VudA=='",
      'x-usher-nonce': 'c2VudA==',
      'x-nonce': 'c2VudA==',
    }
    const answers = [await request.get(path, { headers: sent }), await request.get(path, { headers: sent })]
    const nonces = answers.map(nonceOf)
    expect(new Set(nonces).size).toBe(2)
    for (const [at, answer] of answers.entries()) {
      const text = await answer.text()
      expect(text).not.toContain('c2VudA==')
      const elements = text.match(/<(script|style)\b[^>]*>/g) ?? []
      expect(elements.length).toBeGreaterThan(5)
      for (const element of elements) expect(element).toContain(`nonce="${nonces[at]}"`)
    }
  })
}

test.describe('when a page fails', () => {
  // React tells the page of a failure on the server by its #441, and a document that names no icon lets the browser ask for one.
  test.use({ expectedError: /status of (500|404)|Minified React error #441/ })

  test('W06 X04 the page that says so is under the policy too, and does not say why', async ({
    page,
    request,
    installation: product,
  }) => {
    const database = new Database(join(product.folder, 'usher.db'))
    database.pragma('foreign_keys = off')
    database.exec('drop table partners')
    database.close()
    const answer = await request.get(`${product.address}/set-up`)
    expect(answer.status()).toBe(500)
    const nonce = nonceOf(answer)
    expect(product.log()).toContain('no such table')
    expect(await answer.text()).not.toMatch(/no such table|SqliteError|partners|\.next\b|\n\s+at /)
    for (const element of (await answer.text()).match(/<(script|style)\b[^>]*>/g) ?? [])
      expect(element).toContain(`nonce="${nonce}"`)
    await page.goto(`${product.address}/set-up`)
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  })
})

for (const way of ['credentials', 'confirm', 'account']) {
  test(`W02 nobody is signed in by a link (${way})`, async ({ request }) => {
    expect((await request.get(`/api/auth/callback/${way}`)).status()).toBe(405)
  })
}

for (const path of ['/%', '/users/%ff', '/%E2%28']) {
  test(`a path that cannot be decoded (${path}) is refused`, async ({ baseURL }) => {
    expect(await sendRaw(baseURL, `GET ${path} HTTP/1.1`, 'Connection: close')).toMatch(/^HTTP\/1\.1 400 /)
  })
}

for (const path of ['/', '/users', '/_next/webpack-hmr', '/api_v3/', 'http://127.0.0.1:1/']) {
  test(`R21 a WebSocket to ${path} is refused`, async ({ baseURL, request }) => {
    // The framework begins to listen for sockets with the first page.
    await request.get('/sign-in')
    expect(await sendRaw(baseURL, `GET ${path} HTTP/1.1`, ...webSocket)).toMatch(/^HTTP\/1\.1 400 /)
  })
}

test('R21 told to end, the product ends at once and well, though sockets are open', async ({
  request,
  installation: product,
}) => {
  await request.get(`${product.address}/sign-in`)
  await sendRaw(product.address, 'GET /users HTTP/1.1', ...webSocket)
  const idle = connect(Number(new URL(product.address).port), 'localhost')
  await new Promise((resolve) => idle.once('connect', resolve))
  const told = Date.now()
  expect(await product.stop()).toBe(0)
  expect(Date.now() - told).toBeLessThan(5_000)
  idle.destroy()
})

test('R35 after an error that nobody caught, the product answers whom it was serving and ends with a status that has it started again', async ({
  request,
  installation: product,
}) => {
  await request.get(`${product.address}/sign-in`)
  const body = '{"format":1}'
  const socket = connect(Number(new URL(product.address).port), 'localhost')
  const head = ['POST /api_v3/service/system/action/ping HTTP/1.1', 'Host: localhost', 'Content-Type: application/json']
  socket.write([...head, `Content-Length: ${body.length}`, '', body.slice(0, 5)].join('\r\n'))
  const failing = product.fail()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const answer = new Promise((resolve) => socket.once('data', (part) => resolve(String(part))))
  socket.write(body.slice(5))
  expect(await answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(await failing).toBe(1)
  await expect(request.get(`${product.address}/sign-in`)).rejects.toThrow()
})

test('R27 who never ends the head of a request is told so within 20 seconds', async ({ baseURL }) => {
  const started = Date.now()
  const answer = await sendText(baseURL, 'GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(Date.now() - started).toBeLessThan(21_000)
})

const webSocket = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: bm9uY2U=']

const sendRaw = (address: string | undefined, ...lines: string[]) =>
  sendText(address, [...lines, 'Host: localhost', '', ''].join('\r\n'))

/** Sends this and no more; all that comes back until the server ends the connection. */
function sendText(address = '', text: string) {
  return new Promise<string>((resolve, reject) => {
    const { port, hostname } = new URL(address)
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}
