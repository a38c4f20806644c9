import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { freePort } from '../scripts/free-port.mjs'
import { root } from '../scripts/root.mjs'
import { endOf, peakMemoryOf } from './process.mjs'

const password = 'A-quiet-river-7'

/** So many people sign in; each has a password of his own hash. */
const signInCount = 40

/** The built product with an account of so many people, as `npm run up` serves it, in a data folder of its own. */
export async function startProduct(users) {
  const folder = mkdtempSync(join(tmpdir(), 'usher-bench-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    DATA_DIR: folder,
    DATABASE_URL: '',
    PORT: String(port),
    LISTEN_ADDRESS: '127.0.0.1',
    PUBLIC_URL: url,
    SMTP_URL: '',
    LOG_LEVEL: 'warn',
    SIGN_IN_FAILURES_PER_ADDRESS: '1000000',
  }
  const account = usher(
    env,
    'partner.create',
    '--name',
    'Bench',
    '--adminEmail',
    'owner@bench.example',
    '--adminPassword',
    password,
  )
  const { partnerId } = account
  usher(env, 'sample', '--partnerId', partnerId, '--users', users, '--seed', 1)

  const server = spawn(process.execPath, ['server.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = async () => {
    await endOf(server)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answers(url, server)
    const ks = await call(url, 'session', 'start', { secret: account.adminSecret, type: 2, partnerId, userId: 'bench' })
    const signIns = await addSignIns(url, ks)
    const file = join(folder, 'usher.db')
    return { url, file, partnerId, ks, signIns, ...(await whoIsThere(file)), peakMemory: () => peakMemoryOf(server.pid), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function usher(env, ...words) {
  const text = execFileSync('npm', ['run', '-s', 'usher', '--', ...words.map(String), '--json'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return JSON.parse(text)
}

async function answers(url, server) {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline && server.exitCode === null) {
    const isUp = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The product did not start')
}

async function addSignIns(url, ks) {
  const signIns = Array.from({ length: signInCount }, (_, at) => ({ loginId: `signs-in-${at}@bench.example`, password }))
  for (const [at, { loginId }] of signIns.entries()) {
    await call(url, 'user', 'add', { user: { id: `signs-in-${at}`, email: loginId, password }, ks })
  }
  return signIns
}

export async function call(url, service, action, params) {
  const answer = await fetch(`${url}/api_v3/service/${service}/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...params, format: 1 }),
  })
  const data = await answer.json()
  if (data?.objectType === 'KalturaAPIException') throw new Error(`${service}.${action}: ${data.code} ${data.message}`)
  return data
}

/** Ids and logins to ask for, spread over the whole account. */
async function whoIsThere(file) {
  const database = new Database(file, { readonly: true })
  const everyNth = `select key from users where status <> 2 and key % max(1, (select count(*) from users) / 5000) = 0`
  const ids = database.prepare(`select id from users where key in (${everyNth}) limit 5000`).pluck().all()
  const logins = database
    .prepare(
      `select login_email from login_data where id in (select login_data_id from users where status <> 2 and login_data_id is not null) order by login_email limit 5000`,
    )
    .pluck()
    .all()
  database.close()
  return { ids, logins }
}
