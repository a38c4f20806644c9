import { ensureBuilt } from './build.mjs'
import { follow } from './follow.mjs'
import { ensureInstalled } from './install.mjs'

/** Installs and builds what is missing, then measures. The words after it are for bench/run.mjs. */
try {
  ensureInstalled()
  ensureBuilt()
  follow('bench/run.mjs', ...process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
