import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { cookiesOf, test } from './fixtures'
import { expectNothingKept } from './kept-texts'
import { ask, askAll } from './raw-request'
import { builtPaths } from './server-actions'
import { usher } from './usher'

/** What those try who have no session: by headers of the framework's own, and by other spellings of an address. */

const root = join(import.meta.dirname, '..')
const words = (text: string) => text.trim().split(/\s+/)
const guest = { id: `guest-${randomUUID()}`, firstName: `Plum-${randomUUID()}` }

test.beforeAll(async ({ account: { partnerId } }) => {
  await usher('user.add', { partnerId, 'user.id': guest.id, 'user.firstName': guest.firstName })
})

const questions = [
  '/api/user/list',
  `/api/user/get?input=${encodeURIComponent(JSON.stringify({ userId: guest.id }))}`,
  '/api/partner/get',
  '/api/audit/list',
  '/api/mail/list',
  '/api/userRole/list',
]
const paths = [...builtPaths({ userId: guest.id, id: '1', service: 'user', action: 'list', nextauth: 'session' }), ...questions]

/** Where somebody is who claims to have the frame of the console already, and to need only the page. */
const insideConsole = encodeURIComponent(
  JSON.stringify(['', { children: ['(admin)', { children: ['users', { children: ['__PAGE__', {}] }] }] }]),
)

const five = (name: string) => Array(5).fill(name).join(':')
const disguises: [name: string, headers: Record<string, string>][] = [
  ['as it is', {}],
  ['a proxy that ran already', { 'x-middleware-subrequest': five('proxy') }],
  ['a middleware that ran already', { 'x-middleware-subrequest': five('middleware') }],
  ['a middleware of src', { 'x-middleware-subrequest': five('src/middleware') }],
  ['what a middleware answers', { 'x-middleware-next': '1', 'x-middleware-rewrite': '/users', 'x-middleware-set-cookie': 'a=b' }],
  [
    'headers that a middleware changes',
    { 'x-middleware-override-headers': 'x-usher-address', 'x-middleware-request-x-usher-address': '::1' },
  ],
  ['data of a page', { 'x-nextjs-data': '1' }],
  ['a page that was rewritten', { 'x-nextjs-rewritten-path': '/users', 'x-nextjs-rewritten-query': 'q=1' }],
  [
    'another path',
    { 'x-matched-path': '/users', 'x-original-url': '/users', 'x-rewrite-url': '/users', 'x-forwarded-uri': '/users' },
  ],
  [
    'a path of the router',
    { 'x-invoke-path': '/users', 'x-invoke-output': '/users', 'x-invoke-query': '%7B%7D', 'x-invoke-status': '200' },
  ],
  ['another method', { 'x-http-method-override': 'POST', 'x-method-override': 'POST' }],
  ['a payload', { RSC: '1' }],
  ['a payload ahead of time', { RSC: '1', 'next-router-prefetch': '1' }],
  ['all of a payload ahead of time', { RSC: '1', 'next-router-prefetch': '2' }],
  ['the outline of a page', { RSC: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }],
  ['a part of a page', { RSC: '1', 'next-router-segment-prefetch': '/(admin)/users/__PAGE__' }],
  ['a page without its frame', { RSC: '1', 'next-router-state-tree': insideConsole, 'next-url': '/users' }],
  ['a page to be made anew', { 'x-prerender-revalidate': 'guessed', 'x-nextjs-cache': 'HIT', purpose: 'prefetch' }],
  ['a page to go on with', { 'next-resume': '1', 'x-nextjs-postponed': '1' }],
  ['a draft', { cookie: '__prerender_bypass=guessed; __next_preview_data=guessed' }],
  ['a session of the library’s', { cookie: 'next-auth.session-token=guessed; authjs.session-token=guessed' }],
  ['this machine', { 'x-usher-address': '127.0.0.1', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' }],
]

test('W01 there is no proxy that could be passed by', () => {
  const { middleware } = JSON.parse(readFileSync(join(root, '.next/server/middleware-manifest.json'), 'utf8'))
  expect(middleware).toEqual({})
  expect(globSync('{proxy,middleware}.*', { cwd: root })).toEqual([])
})

/** What is answered in the end: whoever asks for a payload is sent to an address that names what he asked for. */
async function answerTo(address: string | undefined, path: string, headers: Record<string, string>) {
  const answer = await ask(address, path, { headers })
  const { location = '' } = answer.headers
  return answer.status === 307 && /[?&]_rsc\b/.test(location) ? ask(address, location, { headers }) : answer
}

for (const [name, headers] of disguises) {
  test(`W01 no page and no route shows anything without a session: ${name}`, async ({ baseURL, account, people }) => {
    await askAll(paths, async (path) => {
      const { text, headers: answered } = await answerTo(baseURL, path, headers)
      expectNothingKept(text, path, { account, people }, [guest.firstName])
      expect(answered['set-cookie'] ?? [], path).not.toContainEqual(expect.stringContaining('session-token'))
    })
  })
}

test('W01 no spelling of an address leads past the session', async ({ baseURL, account, people }) => {
  const spellings = words(`
    //users /users/ /./users /x/../users /%75sers /%2575sers /users%2f /users%20 /users%00 /users;a /users\\ /users? /Users
    /users?_rsc=1 /users.rsc /users.txt /users.json /users.segments/_tree.segment.rsc /_next/data/x/users.json /index/users
    /en/users /de-DE/users /default/users /(admin)/users /%28admin%29/users /app/(admin)/users/page /users/page
    /_next/../users /_next/static/../../users /sign-in/../users /api/../users /users/%2e%2e/users /users/..%2fusers
    /users/${guest.id}/ //users/${guest.id} /api//user/list /api/user/list/ /api/user%2flist /api/%75ser/list /API/user/list
    /api/user/list?input=%00 /api/user/LIST /api_v3/../api/user/list
  `)
  await askAll([...spellings, ...spellings.map((path) => `${path}#rsc`)], async (path) => {
    const headers: Record<string, string> = path.endsWith('#rsc') ? { RSC: '1' } : {}
    const { text } = await answerTo(baseURL, path.replace('#rsc', ''), headers)
    expectNothingKept(text, path, { account, people }, [guest.firstName])
  })
})

test('W01 the same questions are answered to whoever has a session', async ({ baseURL, page, signInAs }) => {
  await signInAs('owner')
  const cookie = await cookiesOf(page)
  for (const [path, headers] of [
    ['/users', {}],
    ['/users', { RSC: '1' }],
    [`/users/${guest.id}`, { RSC: '1', 'next-router-state-tree': insideConsole }],
    ['/api/user/list', {}],
  ] as const)
    expect((await answerTo(baseURL, path, { ...headers, cookie })).text).toContain(guest.firstName)
})

const served = globSync('.next/static/**/*.js', { cwd: root }).map((path) => path.replace('.next', '/_next'))

/** What lies in the folder of the project, of the build or of the data, and what lies in such folders elsewhere. */
const files = words(`
  /.env /.env.local /.env.production /.env.example /.git/config /.git/HEAD /.gitignore /.npmrc /.ci/run /.DS_Store
  /package.json /package-lock.json /server.mjs /next.config.mjs /tsconfig.json /README.md /docs/api.md
  /lib/env.ts /db/schema/accounts.ts /app/layout.tsx /scripts/up.mjs /node_modules/next/package.json /public/icon.svg
  /data/usher.db /data/usher.db-wal /data/auth-secret /usher.db /auth-secret /server.log /data/exports /backup.sql
  /.next/BUILD_ID /.next/server/server-reference-manifest.json /.next/sbom.json /_next/BUILD_ID /_next/sbom.json
  /_next/server/app/page.js /_next/server/server-reference-manifest.json /_next/required-server-files.json
  /_next/static /_next/static/ /_next/static/chunks /_next/static/../server/app/page.js /_next/static/../../package.json
  /_next/static/..%2fserver/app/page.js /_next/static/%2e%2e/BUILD_ID /_next/static/..%5c..%5cpackage.json /..%2f..%2fetc%2fpasswd
  /../../etc/passwd /%2e%2e/%2e%2e/etc/passwd /....//....//etc/passwd /_next/static//etc/passwd /icon.svg/../../package.json
`)

test('W11 no file is served that is not made for it', async ({ baseURL }) => {
  expect(served.length).toBeGreaterThan(10)
  const maps = served.flatMap((path) => [`${path}.map`, path.replace(/js$/, 'map'), path.replace(/js$/, 'ts')])
  await askAll([...files, ...maps], async (path) => {
    const { status, text } = await ask(baseURL, path)
    const where = status === 308 ? (await ask(baseURL, path.replace(/\/+/g, '/').replace(/\/$/, ''))).status : status
    expect([400, 404], path).toContain(where)
    expect(text, path).not.toMatch(/root:x:0|AUTH_SECRET|"dependencies"|SQLite format|sourcesContent|import '/)
  })
  // Those that are made for it are there.
  expect((await ask(baseURL, served[0])).status).toBe(200)
})

test('X04 there is no door for debugging, for tests or for the framework’s own tools', async ({ baseURL }) => {
  const doors = words(`
    /__nextjs_original-stack-frame /__nextjs_original-stack-frames /__nextjs_source-map /__nextjs_launch-editor
    /__nextjs_error_feedback /__nextjs_restart_dev /__nextjs_font/geist-latin.woff2 /_next/mcp /_next/webpack-hmr /_next/turbopack-hmr
    /_next/development/_devMiddlewareManifest.json /_next/static/development/_buildManifest.js
    /json /json/version /debug /debug/pprof /metrics /status /api/debug /api/test /api/health/details
    /graphql /swagger /actuator /server-status /test /__test__ /api/system/fail
  `)
  await askAll([...doors, ...doors.map((path) => `${path}?debug=1`)], async (path) => {
    for (const method of ['GET', 'POST']) {
      const { status, text } = await ask(baseURL, path, { method })
      expect([400, 401, 404, 405], `${method} ${path}`).toContain(status)
      expect(text, path).not.toMatch(/\n\s+at |node_modules/)
    }
  })
})
