import 'server-only'
import type { PartnerSettings } from '@/db/types'
import { ActionError } from '@/lib/action/errors'
import { env } from '@/lib/env'

/** No account keeps browsers signed in for longer than the installation does. `INVALID_FIELD_VALUE` of the field. */
export function refuseLongSessions(sent: Pick<PartnerSettings, 'sessionIdleMinutes' | 'sessionHours'>) {
  for (const name of ['sessionIdleMinutes', 'sessionHours'] as const) {
    const most = env()[name]
    if ((sent[name] ?? 0) > most)
      throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: name }).at(name, {
        code: 'MOST',
        args: { MOST: String(most) },
      })
  }
}
