import 'server-only'
import { closeDatabase, connection } from '@/db/client'
import { migrate } from '@/db/migrate'
import { refuseOtherSecret } from '@/lib/auth/refuse-other-secret'
import { env, prepareDataFolder } from '@/lib/env'
import { log } from '@/lib/log'
import { catchStrayErrors } from '@/lib/stray-errors'
import { startWork } from './start-work'

/** A process that does the work and serves nobody, beside servers that run with `USHER_WORKER=off` on the same database and data folder. */

/** How long it may take to stop, milliseconds. */
const patience = 10_000

async function main() {
  prepareDataFolder(env().dataDir)
  connection().refuseDamage()
  await migrate()
  await refuseOtherSecret()
  const stop = startWork()
  // What is done by time does not keep a process alive.
  const staying = setInterval(() => {}, 2 ** 30)
  log().info('the worker runs')

  let isStopping = false
  const end = async (status: number) => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), patience).unref()
    clearInterval(staying)
    await stop()
    await closeDatabase()
    process.exit(status)
  }
  catchStrayErrors(() => void end(1))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0))
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message.split('\nparams: ')[0]}\n`)
  process.exit(1)
})
