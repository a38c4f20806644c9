'use server'

import { serverAction } from '@/lib/transport/server-action'
import { bulkUploadService } from './service'

export const abortBulkUpload = serverAction(bulkUploadService.abort)
export const getBulkUpload = serverAction(bulkUploadService.get)
export const listBulkUploads = serverAction(bulkUploadService.list)
export const listBulkResults = serverAction(bulkUploadService.listResults)
