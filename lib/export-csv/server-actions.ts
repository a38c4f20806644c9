'use server'

import { serverAction } from '@/lib/transport/server-action'
import { exportCsvService } from './service'

export const listExports = serverAction(exportCsvService.list)
export const renewLink = serverAction(exportCsvService.renewLink)
