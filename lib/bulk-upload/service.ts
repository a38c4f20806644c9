import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { abortBulkUpload } from './actions/abort-bulk-upload'
import { getBulkUpload } from './actions/get-bulk-upload'
import { listBulkResults } from './actions/list-bulk-results'
import { listBulkUploads } from './actions/list-bulk-uploads'
import { serveBulkUpload } from './actions/serve-bulk-upload'
import { serveLog } from './actions/serve-log'
import { serveRefused } from './actions/serve-refused'

/** Uploaded files of users (appendix A); then what Usher adds. */
export const bulkUploadService = {
  get: getBulkUpload,
  list: listBulkUploads,
  abort: abortBulkUpload,
  serve: serveBulkUpload,
  serveLog,

  listResults: listBulkResults,
  serveRefused,
} satisfies Service
