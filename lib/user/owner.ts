import 'server-only'
import { updatePartner } from '@/db/queries/partners'
import { fullNameOf, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { loginEmailOf } from '@/lib/auth/login-email'
import { queueMail } from '@/lib/mail/outbox'
import { withoutDots } from '@/lib/mail/without-dots'

/**
 * The account knows its owner by name and e-mail: both follow the owner's own, and a change of the e-mail is told to the old address and to
 * the new one (§7). Inside the transaction of the change; nothing for anybody else.
 */
export async function followOwner(ctx: PartnerContext, before: UserRow, after: UserRow) {
  const isNoted = await noteOwner(ctx, before, after)
  if (isNoted && before.email !== after.email) await tellBothAddresses(ctx, before, after)
}

/** The same without the mails; answers whether there was anything to follow. */
export async function noteOwner({ partner, now }: PartnerContext, before: UserRow, after: UserRow): Promise<boolean> {
  const isRenamed = fullNameOf(before) !== fullNameOf(after)
  if (after.key !== partner.ownerKey || !(isRenamed || before.email !== after.email)) return false
  await updatePartner(partner.id, { adminName: fullNameOf(after) || null, adminEmail: after.email, updatedAt: now })
  return true
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
