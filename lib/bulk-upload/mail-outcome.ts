import 'server-only'
import type { BulkUploadRow } from '@/db/queries/bulk-uploads'
import { findPartnerRow } from '@/db/queries/partners'
import type { PartnerContext } from '@/lib/action/context'
import { env } from '@/lib/env'
import { queueMail } from '@/lib/mail/outbox'
import { BulkUploadStatus } from './schema'

const outcomes = {
  [BulkUploadStatus.FINISHED]: 'finished',
  [BulkUploadStatus.FINISHED_PARTIALLY]: 'partial',
  [BulkUploadStatus.FAILED]: 'failed',
  [BulkUploadStatus.ABORTED]: 'aborted',
} as const

/** Mails of an upload that has ended (§7, types 64 to 66), in the transaction that ends it: to whom it names, else as the account set it. */
export async function mailOutcome(ctx: PartnerContext, upload: BulkUploadRow) {
  const outcome = outcomes[upload.status as keyof typeof outcomes]
  for (const recipient of await recipientsOf(ctx, upload)) {
    await queueMail(ctx, {
      event: 'import-finished',
      recipient,
      params: {
        userName: '',
        partnerName: ctx.partner.name,
        fileName: upload.fileName,
        outcome,
        rows: upload.rows,
        failedRows: upload.failedRows,
        link: `${env().publicUrl}/jobs/${upload.key}`,
      },
    })
  }
}

async function recipientsOf({ partner }: PartnerContext, { recipients }: BulkUploadRow) {
  if (recipients.length > 0) return recipients
  const { bulkNotifications, bulkNotificationsEmail } = partner.settings
  if (!bulkNotifications) return []
  const address = bulkNotificationsEmail || (await findPartnerRow(partner.id))?.adminEmail
  return address ? [address] : []
}
