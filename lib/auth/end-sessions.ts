import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { listUsersOfLogin } from '@/db/queries/login-data'
import { endAllSessions } from '@/db/queries/sessions'

/** Ends every session of a user, on every server process, from `now` (epoch milliseconds) on. */
export async function endSessionsOfUser(partnerId: number, userKey: number, now: number) {
  await endAllSessions(partnerId, userKey, now)
}

/** The same for everybody who signs in with this login, in all partners. */
export async function endSessionsOfLogin(loginDataId: number, now: number) {
  await acrossPartners(async () => {
    for (const user of await listUsersOfLogin(loginDataId)) await endAllSessions(user.partnerId, user.key, now)
  })
}
