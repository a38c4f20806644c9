import { follow } from './follow.mjs'
import { ensureInstalled } from './install.mjs'

/** Installs what the tests need, then runs them on Node 24. The words after it choose steps, see run-tests.mjs. */
try {
  ensureInstalled()
  follow('scripts/run-tests.mjs', ...process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
