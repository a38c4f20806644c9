'use server'

import { serverAction } from '@/lib/transport/server-action'
import { exportCsvService } from './service'

export const listExports = serverAction(exportCsvService.list)
export const abortExport = serverAction(exportCsvService.abort)
export const renewLink = serverAction(exportCsvService.renewLink)
