import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { node } from './install.mjs'
import { root, withoutNodeEnv } from './root.mjs'

/** Runs the steps named on the command line, or all but `unit`, each whatever became of the others. Words after `--` go to Playwright. */

const steps = {
  format: ['Format, lint and import directions', () => check('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')],
  types: ['Types', types],
  unit: ['Unit tests on SQLite', () => vitest({ DATABASE_URL: '' }, '--exclude=**/*.{fuzz,kill,slow}.test.ts')],
  sqlite: ['Unit tests, bad input, killed workers and servers on SQLite', () => vitest({ DATABASE_URL: '' })],
  postgres: ['Tests of lib and db on PostgreSQL, with the same answers (R34)', onPostgres],
  build: ['Build', build],
  e2e: ['Wire and browser tests', inBrowser],
}
const all = Object.keys(steps).filter((name) => name !== 'unit')

const words = process.argv.slice(2)
const split = words.includes('--') ? words.indexOf('--') : words.length
const chosen = words.slice(0, split).filter((word) => word in steps)
const forPlaywright = [...words.slice(0, split).filter((word) => !(word in steps)), ...words.slice(split + 1)]

const reports = mkdtempSync(join(tmpdir(), 'usher-reports-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const lines = []
let stopServer

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    await stopServer?.()
    process.exit(1)
  })
}

for (const name of chosen.length ? chosen : all) await runStep(...steps[name])
rmSync(reports, { recursive: true, force: true })

console.log(`\n${lines.join('\n')}`)
console.log(sentence(total))
process.exit(total.failed ? 1 : 0)

async function runStep(title, step) {
  console.log(`\n── ${title}`)
  const started = Date.now()
  const count = await step().catch((error) => {
    console.error(error.message)
    return { passed: 0, failed: 1, skipped: 0 }
  })
  for (const key of Object.keys(total)) total[key] += count[key]
  lines.push(
    `${title}${count.note ? ` (${count.note})` : ''}: ${sentence(count)}, ${Math.round((Date.now() - started) / 1000)} s`,
  )
}

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A tool that only says yes or no. */
async function check(tool, ...args) {
  const isFine = (await run(tool, args)) === 0
  return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 }
}

async function types() {
  await run('next/dist/bin/next', ['typegen'])
  return check('typescript/bin/tsc', '--noEmit')
}

async function build() {
  ensureBuilt()
  return { passed: 1, failed: 0, skipped: 0 }
}

async function vitest(env, ...choice) {
  const file = join(reports, 'vitest.json')
  rmSync(file, { force: true })
  const status = await run(
    'vitest/vitest.mjs',
    ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`, ...choice],
    env,
  )
  if (!existsSync(file)) throw new Error('Vitest ended without a report.')

  const report = JSON.parse(readFileSync(file, 'utf8'))
  const filesThatDidNotLoad = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + filesThatDidNotLoad
  return {
    passed: report.numPassedTests,
    failed: status !== 0 ? Math.max(failed, 1) : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

async function onPostgres() {
  const { startPostgres } = await import('./postgres.mjs')
  const server = await startPostgres()
  stopServer = server.stop
  try {
    return { ...(await vitest({ DATABASE_URL: server.url }, 'lib/', 'db/')), note: server.version }
  } finally {
    await server.stop()
    stopServer = undefined
  }
}

async function inBrowser() {
  const { findBrowser } = await import('./browser.mjs')
  const browser = await findBrowser()
  ensureBuilt()
  const file = join(reports, 'playwright.json')
  const dataDir = join(reports, 'data')
  const serverLog = join(dataDir, 'server.log')
  mkdirSync(dataDir, { mode: 0o700 })
  const status = await run('@playwright/test/cli.js', ['test', '-c', 'e2e/playwright.config.ts', ...forPlaywright], {
    ...(browser && { CHROMIUM_PATH: browser }),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    USHER_E2E_DATA_DIR: dataDir,
  })
  if (status !== 0 && existsSync(serverLog)) cpSync(serverLog, join(root, 'test-results/server.log'))
  if (!existsSync(file)) throw new Error('Playwright ended without a report.')

  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'))
  const failed = stats.unexpected + errors.length
  return { passed: stats.expected + stats.flaky, failed: status !== 0 ? Math.max(failed, 1) : failed, skipped: stats.skipped }
}

/** Runs a tool of node_modules and answers with its exit status. */
function run(tool, args, env = {}) {
  const child = spawn(node, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    env: { ...withoutNodeEnv(), ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve) => child.on('exit', (status) => resolve(status ?? 1)))
}
