import 'server-only'
import type { z } from 'zod'
import { type BulkUploadQuery, countBulkUploads, listBulkUploads as listRows } from '@/db/queries/bulk-uploads'
import { defineAction } from '@/lib/action/define-action'
import { numbers, pageOf, range, texts } from '@/lib/action/listing'
import { uploaderPermissions, visibleUploader } from '../get-own-upload'
import { type BulkUploadFilter, BulkUploadListResponse, BulkUploadStatus, ListBulkUploadsInput, userObjects } from '../schema'
import { toBulkUpload } from '../to-bulk-upload'

const mostCounted = 10_000

/** Lists uploads, newest first (appendix A). Aborted ones only when they are asked for; counts up to 10,000. */
export const listBulkUploads = defineAction({
  name: 'bulkupload_bulk.list',
  summary: 'Lists uploaded files, newest first.',
  kind: 'query',
  audience: 'partner',
  permission: uploaderPermissions,
  input: ListBulkUploadsInput,
  output: BulkUploadListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle(ctx, { bulkUploadFilter, pager }) {
    const page = pageOf(pager)
    const query = { ...queryOf(bulkUploadFilter ?? {}), uploaderKey: visibleUploader(ctx) }
    const uploads = await listRows(ctx.partner.id, query, page)
    return {
      objectType: 'KalturaBulkUploadListResponse' as const,
      totalCount: await countBulkUploads(ctx.partner.id, query, mostCounted),
      objects: uploads.map((upload) => toBulkUpload(ctx, upload)),
    }
  },
})

type Filter = z.output<typeof BulkUploadFilter>

function queryOf(filter: Filter): BulkUploadQuery {
  const { uploadedOnEqual: on, uploadedOnGreaterThanOrEqual: from, uploadedOnLessThanOrEqual: to } = filter
  return { statuses: isAboutUsers(filter) ? statusesOf(filter) : [], createdAt: range(on ?? from, on ?? to) }
}

function statusesOf({ statusEqual, statusIn }: Filter) {
  const all: number[] = Object.values(BulkUploadStatus)
  const asked = numbers('KalturaBulkUploadFilter::statusIn', statusEqual, statusIn)
  return all.filter((status) => (asked ? asked.includes(status) : status !== BulkUploadStatus.ABORTED))
}

/** Only users are uploaded here. */
function isAboutUsers({ bulkUploadObjectTypeEqual: equal, bulkUploadObjectTypeIn: listed }: Filter) {
  return texts('KalturaBulkUploadFilter::bulkUploadObjectTypeIn', equal, listed)?.includes(userObjects) ?? true
}
