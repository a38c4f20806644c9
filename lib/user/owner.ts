import 'server-only'
import { updatePartner } from '@/db/queries/partners'
import { fullNameOf, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { loginEmailOf } from '@/lib/auth/login-email'
import { queueMail } from '@/lib/mail/outbox'
import { withoutDots } from './invitation'

/**
 * The account knows its owner by name and e-mail: both follow the owner's own, and a change of the e-mail is told to the old address and to
 * the new one (§7). Inside the transaction of the change; nothing for anybody else.
 */
export async function followOwner(ctx: PartnerContext, before: UserRow, after: UserRow) {
  const isRenamed = fullNameOf(before) !== fullNameOf(after)
  if (after.key !== ctx.partner.ownerKey || !(isRenamed || before.email !== after.email)) return
  await updatePartner(ctx.partner.id, { adminName: fullNameOf(after) || null, adminEmail: after.email, updatedAt: ctx.now })
  if (before.email !== after.email) await tellBothAddresses(ctx, before, after)
}

async function tellBothAddresses(ctx: PartnerContext, before: UserRow, after: UserRow) {
  const [oldEmail, newEmail] = [before.email ?? '', after.email ?? '']
  const params = { userName: withoutDots(fullNameOf(after)), partnerName: withoutDots(ctx.partner.name), oldEmail, newEmail }
  for (const address of [oldEmail, newEmail]) {
    // A profile may hold any text as e-mail; mail goes to one address only.
    const recipient = loginEmailOf(address)
    if (recipient) await queueMail(ctx, { event: 'email-changed', recipient, language: after.language, params })
  }
}
