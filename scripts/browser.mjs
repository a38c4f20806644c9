import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { node } from './install.mjs'
import { root } from './root.mjs'

/** Debian's: the one without windows needs a third less of the processor. */
const debians = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/**
 * The path of a Chromium: the one named by CHROMIUM_PATH, else undefined if Playwright finds its own, else the system's, else one
 * installed now. Throws if none can be had.
 */
export async function findBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  if (await hasItsOwn()) return
  return debians.find(existsSync) ?? (await install())
}

async function install() {
  console.log('Installing Chromium …')
  const cli = `${root}/node_modules/@playwright/test/cli.js`
  if (run(node, cli, 'install', '--with-deps', '--only-shell', 'chromium') && (await hasItsOwn())) return
  if (process.getuid?.() === 0 && run('apt-get', 'update', '-q')) {
    const installed = debians.find((path) => run('apt-get', 'install', '-qy', path.split('/').at(-1)) && existsSync(path))
    if (installed) return installed
  }
  throw new Error('No Chromium could be found or installed: install one and set CHROMIUM_PATH to it.')
}

function hasItsOwn() {
  return chromium.launch().then(
    (browser) => browser.close().then(() => true),
    () => false,
  )
}

function run(command, ...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
