import 'server-only'
import { closeDatabase } from '@/db/client'
import { jobKinds } from './start-work'
import { newWorker } from './worker'

/** For tests: a process that does jobs until it is killed. Its lease is so short that the next one need not wait for it. */
const worker = newWorker({ kinds: jobKinds, lease: 400 })
const timer = setInterval(worker.wake, 50)

process.on('SIGTERM', async () => {
  clearInterval(timer)
  await worker.stop()
  await closeDatabase()
  process.exit(0)
})

process.send?.('ready')
process.channel?.unref()
