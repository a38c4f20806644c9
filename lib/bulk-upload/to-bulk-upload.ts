import 'server-only'
import type { z } from 'zod'
import type { BulkUploadRow } from '@/db/queries/bulk-uploads'
import type { PartnerContext } from '@/lib/action/context'
import { env } from '@/lib/env'
import { type BulkUpload, csvType, userObjects } from './schema'

type BulkUploadAnswer = z.input<typeof BulkUpload>

/** An upload as it is answered (§8.2). */
export function toBulkUpload(ctx: PartnerContext, upload: BulkUploadRow): BulkUploadAnswer {
  return {
    objectType: 'KalturaBulkUpload',
    id: upload.key,
    uploadedBy: upload.uploadedBy,
    uploadedByUserId: upload.uploadedBy,
    uploadedOn: Math.floor(upload.createdAt / 1000),
    numOfEntries: 0,
    numOfObjects: upload.rows,
    status: upload.status as BulkUploadAnswer['status'],
    logFileUrl: urlOf(ctx, upload, 'serveLog'),
    csvFileUrl: urlOf(ctx, upload, 'serve'),
    bulkFileUrl: urlOf(ctx, upload, 'serve'),
    bulkUploadType: csvType,
    bulkUploadObjectType: userObjects,
    fileName: upload.fileName,
    error: upload.error,
    totalRows: upload.totalRows,
    failedRows: upload.failedRows,
    finishedOn: upload.finishedAt === null ? null : Math.floor(upload.finishedAt / 1000),
    isKept: upload.file !== null,
  }
}

/** With the caller's own KS, as old clients expect; a browser session has none, and its pages do not need one. */
function urlOf({ actor }: PartnerContext, { key }: BulkUploadRow, action: 'serve' | 'serveLog') {
  const ks = actor.kind === 'user' && actor.ks ? `/ks/${encodeURIComponent(actor.ks)}` : ''
  return `${env().publicUrl}/api_v3/service/bulkUpload/action/${action}/id/${key}${ks}`
}
