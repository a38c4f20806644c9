import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { ensureBuilt, isBuilt } from './build.mjs'
import './dot-env.mjs'
import { follow } from './follow.mjs'
import { ensureInstalled, node } from './install.mjs'
import { root } from './root.mjs'

/** From a clone to a running Usher: installs, builds and serves, each only if needed. `--dev` serves the sources themselves. */

const flags = process.argv.slice(2)
process.chdir(root)

try {
  await refusePortInUse()
  ensureInstalled()
  if (!flags.includes('--dev') && !isBuilt()) {
    refuseWrongSettings()
    ensureBuilt()
  }
  follow('server.mjs', ...flags)
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

/** Before the minutes that installing and building take. The server checks again, and says what else is wrong with a setting. */
async function refusePortInUse() {
  const port = Number(process.env.PORT || 3000)
  const probe = createServer()
  const code = await new Promise((resolve) => {
    probe.once('error', (error) => resolve(error.code))
    probe.listen(
      { port: Number.isInteger(port) && port < 65_536 ? port : 0, host: process.env.LISTEN_ADDRESS || undefined },
      resolve,
    )
  })
  if (code === 'EADDRINUSE') throw new Error(`Port ${port} is in use: stop what uses it, or set PORT to another one.`)
  if (!code) await new Promise((resolve) => probe.close(resolve))
}

function refuseWrongSettings() {
  if (spawnSync(node, ['server.mjs', '--check'], { stdio: 'inherit' }).status !== 0) process.exit(1)
}
