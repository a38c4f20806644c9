import 'server-only'
import { type BulkUploadRow, findBulkUpload } from '@/db/queries/bulk-uploads'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { allows, type Permission } from '@/lib/action/permissions'

/** Who may upload may see what he uploaded (F05). */
export const uploaderPermissions = [
  'ADMIN_BASE',
  'ADMIN_USER_BULK',
  'CONTENT_INGEST_BULK_UPLOAD',
  'CONTENT_INGEST_UPLOAD',
  'BASE_USER_SESSION_PERMISSION',
] as const satisfies Permission[]

/** Whose uploads the caller sees: everybody's (undefined), those of this user, or nobody's (−1). */
export function visibleUploader({ actor }: PartnerContext): number | undefined {
  if (allows(actor.grants, ['ADMIN_BASE', 'ADMIN_USER_BULK'])) return undefined
  return (actor.kind === 'user' && actor.user?.key) || -1
}

/** An upload that the caller may see: `BULK_UPLOAD_NOT_FOUND` otherwise, as if there were none. */
export async function getOwnUpload(ctx: PartnerContext, id: number): Promise<BulkUploadRow> {
  const upload = await findBulkUpload(ctx.partner.id, id)
  const only = visibleUploader(ctx)
  if (!upload || (only !== undefined && only !== upload.uploaderKey)) throw new ActionError('BULK_UPLOAD_NOT_FOUND', { ID: id })
  return upload
}

/** The same where its file and results are still there. */
export async function getKeptUpload(ctx: PartnerContext, id: number): Promise<BulkUploadRow & { file: string }> {
  const upload = await getOwnUpload(ctx, id)
  if (upload.file === null) throw new ActionError('BULK_UPLOAD_NOT_FOUND', { ID: id })
  return { ...upload, file: upload.file }
}
