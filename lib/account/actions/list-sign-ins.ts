import 'server-only'
import { type AuditRow, listAuditEntries } from '@/db/queries/audit'
import { defineAction } from '@/lib/action/define-action'
import { ownMemberships } from '@/lib/auth/own-login'
import { placeOf } from '@/lib/auth/place'
import { NothingInput, SignIns } from '../schema'

const shown = 50

/** Every way in, by its name in the audit log. */
const ways = ['browser.signIn', 'user.login', 'user.loginByLoginId', 'user.loginByKs', 'browser.switchAccount'] as const

/** The last 50 sign-ins of the signed-in person and attempts at them, in all accounts, newest first. `MISSING_KS`. */
export const listSignIns = defineAction({
  name: 'account.listSignIns',
  summary: "Lists the signed-in person's last sign-ins and attempts at them.",
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: NothingInput,
  output: SignIns,
  errors: ['MISSING_KS'],

  async handle(ctx) {
    const { memberships } = await ownMemberships(ctx)
    const entries: { entry: AuditRow; accountName: string }[] = []
    for (const { partner, user } of memberships) {
      const found = await listAuditEntries(partner.id, { targetType: 'user', targetKey: user.key, actions: ways }, shown)
      for (const entry of found) entries.push({ entry, accountName: partner.name })
    }
    entries.sort((one, other) => other.entry.at - one.entry.at || other.entry.key - one.entry.key)
    const objects = entries.slice(0, shown).map(({ entry, accountName }) => ({
      objectType: 'UsherSignIn' as const,
      id: `${entry.partnerId}.${entry.key}`,
      at: Math.floor(entry.at / 1000),
      isSuccess: entry.result === 'OK',
      refusal: entry.result === 'OK' ? null : entry.result,
      action: entry.action,
      device: entry.device ?? '',
      address: entry.address,
      place: placeOf(entry.address),
      accountName,
    }))
    return { objectType: 'UsherSignIns' as const, objects }
  },
})
