import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { node } from './install.mjs'
import { root } from './root.mjs'

const debians = '/usr/bin/chromium'

/** The path of a Chromium: the one named by CHROMIUM_PATH, Playwright's own, the system's, else installed now. Throws if none can be had. */
export function findBrowser() {
  const there = [process.env.CHROMIUM_PATH, chromium.executablePath(), debians].find((path) => path && existsSync(path))
  if (there) return there

  console.log('Installing Chromium …')
  const cli = `${root}/node_modules/@playwright/test/cli.js`
  if (run(node, cli, 'install', '--with-deps', 'chromium') && existsSync(chromium.executablePath()))
    return chromium.executablePath()
  if (process.getuid?.() === 0 && run('apt-get', 'update', '-q') && run('apt-get', 'install', '-qy', 'chromium')) return debians
  throw new Error('No Chromium could be found or installed: install one and set CHROMIUM_PATH to it.')
}

function run(command, ...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
