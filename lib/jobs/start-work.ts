import 'server-only'
import { startDelivery } from '@/lib/mail/deliver'
import { bulkUploadJob } from './bulk-upload'
import { exportCsvJob } from './export-csv'
import { notificationJob } from './notification'
import { startSweep } from './sweep'
import { startWorker } from './worker'

/** Every kind of job. */
export const jobKinds = [bulkUploadJob, exportCsvJob, notificationJob]

/** Starts all that is done by time and not for a caller. Answers how to stop it. */
export function startWork(): () => Promise<void> {
  const stops = [startSweep(), startWorker(jobKinds), startDelivery()]
  return async () => void (await Promise.all(stops.map((stop) => stop())))
}
