import 'server-only'
import { closeDatabase, connection } from '@/db/client'
import { migrate } from '@/db/migrate'
import { refuseOtherSecret } from '@/lib/auth/refuse-other-secret'
import { env } from '@/lib/env'
import { startWork } from '@/lib/jobs/start-work'
import { newSetUpLink } from '@/lib/partner/set-up'
import { dispatch } from '@/lib/transport/api-v3/dispatch'
import { removeLeftUploads } from '@/lib/transport/api-v3/files'

/** What the front door (`server.mjs`) finds on `globalThis`; pages and routes are other bundles of the same process. */
const place = globalThis as Record<symbol, unknown>

/**
 * Refuses a damaged database, migrates it and hands over the wire, the set-up link and the way to stop. Throws a `StartError` or a
 * `SettingsError` with one clear sentence.
 */
export async function start() {
  connection().refuseDamage()
  await migrate()
  await refuseOtherSecret()
  await removeLeftUploads()
  const stopWork = env().worker ? startWork() : null
  place[Symbol.for('usher.wire')] = dispatch
  place[Symbol.for('usher.setUpLink')] = newSetUpLink
  place[Symbol.for('usher.stop')] = async () => {
    await stopWork?.()
    await closeDatabase()
  }
}
