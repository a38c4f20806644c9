import 'server-only'
import { findPartnerRow } from '@/db/queries/partners'
import { secretsOf, toPartner } from '@/lib/auth/partner'
import type { Notification } from '@/lib/webhooks/notification'
import { post } from '@/lib/webhooks/post'
import { signature } from '@/lib/webhooks/sign'
import type { JobKind, RunningJob } from './run-job'

/** Tells an account's own server what happened (§8.18). Sent again until it answers 2xx, or five times; `notification_id` stays the same. */
export const notificationJob: JobKind = {
  kind: 'notification',

  async run(job) {
    const row = await findPartnerRow(job.partnerId)
    const url = row && toPartner(row).settings.notificationUrl
    const adminSecret = row && secretsOf(row).admin[0]
    // Nobody to tell any more.
    if (!url || !adminSecret) return job.finish(async () => undefined)

    const timestamp = Math.floor(job.now() / 1000)
    const body = JSON.stringify(bodyOf(job))
    const signed = signature({ partnerId: job.partnerId, adminSecret, timestamp, body })
    const headers = { 'x-usher-timestamp': String(timestamp), 'x-usher-signature': `sha256=${signed}` }
    const status = await post({ url, body, headers, signal: job.signal })
    if (status < 200 || status > 299) throw new Error(`The account's server answered ${status}.`)
    await job.finish(async () => ({ status }))
  },
}

function bodyOf({ partnerId, key, createdAt, payload }: RunningJob) {
  const { type, name, objectType, objectId, data } = payload as Notification
  return {
    notification_id: key,
    notification_type: name,
    type,
    partner_id: partnerId,
    object_type: objectType,
    object_id: objectId,
    created_at: Math.floor(createdAt / 1000),
    ...data,
  }
}
