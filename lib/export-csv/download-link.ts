import 'server-only'
import type { PartnerContext } from '@/lib/action/context'
import { issueKs } from '@/lib/auth/issue-ks'
import { env } from '@/lib/env'

const aDay = 24 * 3600

/**
 * An address that gives this one file to whoever has it, for a day (§11): its session is of nobody and can do nothing else (S12). With the
 * moment at which it ends, epoch milliseconds.
 */
export async function downloadLink(ctx: PartnerContext, fileName: string) {
  const life = Math.min(aDay, ctx.partner.settings.ksMaxExpiry)
  const ks = await issueKs(ctx, ctx.partner, {
    type: 0,
    userId: '',
    expiry: life,
    privileges: `download:${fileName}`,
    source: 'secret',
  })
  const link = `${env().publicUrl}/api_v3/index.php/service/exportCsv/action/serveCsv/ks/${encodeURIComponent(ks)}/id/${fileName}`
  return { link, expiresAt: ctx.now + life * 1000 }
}
