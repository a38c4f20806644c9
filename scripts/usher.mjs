import { follow } from './follow.mjs'
import { ensureInstalled } from './install.mjs'

/** The command line. Its sources run as they are: no build is needed, and nothing but the command's answer is printed. */
try {
  ensureInstalled()
  follow(
    '--import=./scripts/on-server.mjs',
    '--import=./scripts/dot-env.mjs',
    '--import=tsx',
    'lib/transport/run-cli.ts',
    ...process.argv.slice(2),
  )
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
