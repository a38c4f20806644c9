import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { cookiesOf, test } from './fixtures'
import { expectNothingKept } from './kept-texts'
import { malformedPayloads } from './malformed-payloads'
import { ask, askAll } from './raw-request'
import { builtActions, callAction, resultIn } from './server-actions'

/** The actions of pages as an API that nobody documents: called by their numbers, as somebody else, and with what no page sends. */

const actions = builtActions({ userId: 'nobody', id: '1' })

/** Well-formed arguments that no page sends; what is not even well formed is W10. */
const garbage = [
  '[]',
  '[{}]',
  '[7,"x",null]',
  '[{"__proto__":{"isAdmin":true},"partnerId":0,"userId":{"$gt":""},"filter":[],"pager":-1}]',
]

test('W03 the actions of the build are those that are listed, each by its name', () => {
  expect(actions.length).toBeGreaterThan(50)
  for (const { name, file } of actions) {
    const list = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
    expect(file).toMatch(/^lib\/[\w-]+\/server-actions\.ts$/)
    expect(list).toMatch(
      new RegExp(`^export (const ${name} = serverAction\\(\\w+Service\\.\\w+\\)|async function runAsMe\\()`, 'm'),
    )
  }
})

test('W03 no action does anything without a session, whatever it is sent', async ({ baseURL, account, people }) => {
  const calls = actions.flatMap((action) => garbage.map((body) => ({ ...action, body })))
  await askAll(calls, async ({ id, name, path, body }) => {
    const { status, data, text } = await callAction(baseURL, path, id, { body })
    expect({ status, ok: data?.ok }, `${name} ${body}`).toEqual({ status: 200, ok: false })
    expectNothingKept(text, name, { account, people })
  })
  expect((await ask(baseURL, '/api/health')).status).toBe(200)
})

/** What somebody without a role may do: see to himself. */
const own = [
  ...['getUser', 'getMyData', 'updateProfile', 'getSecondFactor', 'startEnrolment', 'listSignIns'],
  ...['listSessions', 'endOtherSessions', 'getEmailChange', 'cancelEmailChange'],
]

test('W03 somebody without a role gets his own, whatever he calls', async ({ baseURL, page, people, signInAs }) => {
  await signInAs('member')
  const headers = { cookie: await cookiesOf(page) }
  const answered = new Set<string>()
  const calls = actions.flatMap((action) => garbage.slice(2).map((body) => ({ ...action, body })))

  await askAll(calls, async ({ id, name, path, body }) => {
    const { status, data, text } = await callAction(baseURL, path, id, { headers, body })
    expect({ status, isAnswer: data !== null }, `${name} ${body}`).toEqual({ status: 200, isAnswer: true })
    if (data?.ok) answered.add(name)
    expect(text.includes(people.owner.email), name).toBe(false)
  })
  expect([...answered].filter((name) => !own.includes(name))).toEqual([])
})

test('W04 nothing is fetched from an address that a request names', async ({ baseURL }) => {
  const visits: string[] = []
  const listener = createServer(({ url = '' }, answer) => {
    visits.push(url)
    answer.end()
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const elsewhere = `127.0.0.1:${(listener.address() as AddressInfo).port}`
  try {
    // An action that the page does not have is fetched from one that has it.
    const action = actions.find(({ name }) => name === 'getMail')
    const hosts: Record<string, string>[] = [
      { host: elsewhere },
      { host: elsewhere, origin: `http://${elsewhere}` },
      { host: elsewhere, 'x-forwarded-host': elsewhere, 'x-forwarded-proto': 'http', 'x-forwarded-port': elsewhere.slice(10) },
      { host: `user@${elsewhere}`, forwarded: `host=${elsewhere};proto=http` },
      { 'x-middleware-rewrite': `http://${elsewhere}/`, 'x-nextjs-rewritten-path': `http://${elsewhere}/` },
    ]
    for (const headers of hosts) {
      const { text } = await callAction(baseURL, '/sign-in', action?.id ?? '', { headers, body: '[{}]' })
      expect(text).toContain('{"a":"$@1"')
      for (const path of [
        '/',
        '/users',
        `//${elsewhere}/`,
        `/\\${elsewhere}`,
        '/api/auth/signin',
        '/api/auth/signout',
        '/api/auth/providers',
      ]) {
        const { headers: answered, text } = await ask(baseURL, path, { headers })
        expect(new URL(answered.location ?? '', baseURL).host, path).toBe(new URL(baseURL ?? '').host)
        expect(text.includes(`//${elsewhere}`), path).toBe(false)
      }
    }
    for (const url of [`http://${elsewhere}/a.png`, `//${elsewhere}/a.png`, `/\\${elsewhere}/a.png`, '/icon.svg']) {
      const path = `/_next/image?w=640&q=75&url=${encodeURIComponent(url)}`
      expect((await ask(baseURL, path, { headers: { host: elsewhere } })).status, url).toBe(404)
    }
    expect(visits).toEqual([])
  } finally {
    listener.close()
  }
})

test('W10 a payload that cannot be read ends no process, gets no answer and leaves nothing in memory', async ({
  installation: product,
}) => {
  const { id = '', path = '/' } = actions.find(({ name }) => name === 'resetPassword') ?? {}
  const memory = () => megabytesOf(product.pid)
  const round = () =>
    askAll(malformedPayloads(id), async (sent) => {
      // What is too large is not read to its end: whoever still sends finds the connection closed, or is answered first.
      const { text } = await ask(product.address, path, sent).catch((error) => {
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return { text: '' }
        throw error
      })
      const what = `${JSON.stringify(sent.headers)} ${sent.body?.slice(0, 60)}`
      expect(resultIn(text)?.ok ?? false, what).toBe(false)
      expect(text, what).not.toMatch(/\n\s+at |node_modules|SyntaxError/)
    })
  await round()
  const before = memory()
  await round()
  await round()
  expect(memory() - before, 'megabytes more').toBeLessThan(100)
  expect((await ask(product.address, '/api/health')).text).toContain('ok')
  expect(await product.stop()).toBe(0)
})

/** What the process holds of the machine's memory. */
function megabytesOf(pid = 0) {
  if (process.platform !== 'linux')
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
