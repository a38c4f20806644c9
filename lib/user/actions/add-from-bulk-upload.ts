import 'server-only'
import { transaction } from '@/db/client'
import { findBulkUpload, insertBulkUpload } from '@/db/queries/bulk-uploads'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { fitText } from '@/lib/action/fit-text'
import { recordChange } from '@/lib/audit/record-change'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { rememberCaller } from '@/lib/auth/later-caller'
import { forgetFile, keepUpload } from '@/lib/bulk/stored-files'
import { recipientsOf } from '@/lib/bulk-upload/recipients'
import { refuseOtherTypes, refuseOverLimits } from '@/lib/bulk-upload/refuse-upload'
import { BulkUpload, BulkUploadStatus } from '@/lib/bulk-upload/schema'
import { toBulkUpload } from '@/lib/bulk-upload/to-bulk-upload'
import { enqueue } from '@/lib/jobs/queue'
import { callerUser } from '../caller-user'
import { AddFromBulkUploadInput } from '../schema'

const longestName = 255

/**
 * Takes in a file of users (§8.2, §10); a job applies its rows with the uploader's own rights. `INVALID_FILE_TYPE`,
 * `RESOURCE_IS_RESERVED`, `INVALID_USER_ID` for an uploader who is not active.
 */
export const addFromBulkUpload = defineAction({
  name: 'user.addFromBulkUpload',
  summary: 'Takes in a CSV file of users, whose rows a job adds, changes or deletes.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['CONTENT_INGEST_BULK_UPLOAD', 'ADMIN_USER_BULK', 'CONTENT_INGEST_UPLOAD', 'BASE_USER_SESSION_PERMISSION'],
  input: AddFromBulkUploadInput,
  output: BulkUpload,
  errors: ['INVALID_FILE_TYPE', 'INVALID_USER_ID', 'RESOURCE_IS_RESERVED'],
  changes: ['bulkupload_bulk'],

  async handle(ctx, { fileData, bulkUploadData, requestId }) {
    // Its rows may give rights, and nobody is there to be asked when they do.
    requireFreshProof(ctx)
    await refuseOtherTypes(fileData)
    await refuseOverLimits(ctx, fileData)
    const recipients = recipientsOf(ctx, bulkUploadData?.emailRecipients)
    const file = await keepUpload(ctx.partner.id, fileData)
    const fileName = bulkUploadData?.fileName || fitText(fileData.name).slice(0, longestName)
    const taken = await store(ctx, { file, fileName, size: fileData.size, recipients }, requestId).catch(async (error) => {
      await forgetFile('bulk', ctx.partner.id, file)
      throw error
    })
    if (taken.file !== file) await forgetFile('bulk', ctx.partner.id, file)
    return toBulkUpload(ctx, taken)
  },
})

type Kept = { file: string; fileName: string; size: number; recipients: string[] }

/** The upload with its job; one that the same request has made before stays as it is. */
function store(ctx: PartnerContext, kept: Kept, requestId: string | null | undefined) {
  return transaction(async () => {
    const user = await uploaderOf(ctx)
    const payload = { caller: rememberCaller(ctx.actor, user) }
    const { job, isNew } = await enqueue(ctx, { kind: 'bulkUpload', payload, requestId })
    if (!isNew) {
      const known = await findBulkUpload(ctx.partner.id, job.key)
      if (!known) throw new ActionError('BULK_UPLOAD_NOT_FOUND', { ID: job.key })
      return known
    }
    const upload = await insertBulkUpload({
      ...kept,
      partnerId: ctx.partner.id,
      key: job.key,
      status: BulkUploadStatus.PENDING,
      uploadedBy: user?.id ?? '',
      uploaderKey: user?.key,
      rows: 0,
      failedRows: 0,
      createdAt: ctx.now,
    })
    const target = { type: 'bulkUpload', id: String(job.key), key: job.key }
    await recordChange(ctx, { action: 'user.addFromBulkUpload', target, after: { fileName: kept.fileName, size: kept.size } })
    return upload
  })
}

/** The caller's own user, made if need be; nobody for the operator and for a session of the account itself. */
async function uploaderOf(ctx: PartnerContext) {
  const isSomebody = ctx.actor.kind === 'user' && ctx.actor.userId !== ''
  return isSomebody ? callerUser(ctx) : null
}
