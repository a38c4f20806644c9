import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

/**
 * The built product on a port and in a data folder of its own. Tests and the commands they run find both in the environment:
 * `npm run usher` in a test speaks to the same data.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
// Workers read this file too: they find what the first reader chose.
const port = process.env.USHER_E2E_PORT ?? (await freePort())
const dataDir = process.env.USHER_E2E_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'usher-e2e-'))
const address = `http://localhost:${port}`
const mailPort = process.env.USHER_E2E_MAIL_PORT ?? (await freePort())
const mailbox = join(dataDir, 'mailbox')

Object.assign(process.env, {
  USHER_E2E_PORT: port,
  USHER_E2E_DATA_DIR: dataDir,
  USHER_E2E_MAIL_PORT: mailPort,
  USHER_E2E_MAILBOX: mailbox,
  DATA_DIR: dataDir,
  DATABASE_URL: '',
  PORT: port,
  LISTEN_ADDRESS: '127.0.0.1',
  PUBLIC_URL: address,
  SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
  MAIL_FROM: '',
  USHER_WORKER: '',
  AUTH_SECRET: '',
  TRUSTED_PROXIES: '',
  LOG_LEVEL: 'info',
})

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 150_000,
  expect: { timeout: 20_000 },
  globalTeardown: './log-keeps-secrets.ts',
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // Dots, and what failed at the end: the last lines of a log are those that are kept.
  reporter: [
    [process.stdout.isTTY ? 'line' : 'dot'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '../test-results/report.json' }],
  ],
  use: {
    baseURL: address,
    locale: 'en-US',
    timezoneId: 'UTC',
    // A recording takes a third of the time: ask for one with `npm run e2e -- --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'desktop', use: { browserName: 'chromium', viewport: { width: 1440, height: 900 } } }],
  webServer: [
    {
      // What the product sends, `readMail` finds.
      command: `exec "${process.execPath}" e2e/mailbox-server.ts ${mailPort} "${mailbox}"`,
      cwd: root,
      port: Number(mailPort),
      timeout: 60_000,
    },
    {
      // The log is kept for tests that look for secrets in it.
      command: `exec "${process.execPath}" server.mjs 2> "${dataDir}/server.log"`,
      cwd: root,
      url: `${address}/api/health`,
      timeout: 60_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    },
  ],
})

function freePort() {
  return new Promise<string>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const found = probe.address()
      probe.close(() => resolve(String(typeof found === 'object' && found?.port)))
    })
  })
}
