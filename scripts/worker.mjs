import { follow } from './follow.mjs'
import { ensureInstalled } from './install.mjs'

/** Runs the worker alone: jobs, and what is due by time. Its sources run as they are: no build is needed. */
try {
  ensureInstalled()
  follow('--import=./scripts/on-server.mjs', '--import=./scripts/dot-env.mjs', '--import=tsx', 'lib/jobs/run-worker.ts')
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
