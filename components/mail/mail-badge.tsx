'use client'

import { Badge } from '@mantine/core'
import type { Mail } from '@/lib/mail/schema'
import { useText } from '../text/use-text'

const colors = { queued: 'blue', sent: 'teal', failed: 'red', replaced: 'gray' }

/** What became of a mail. */
export function MailBadge({ mail: { status, lastError } }: { mail: Mail }) {
  const text = useText().mail
  const isRetried = status === 'queued' && lastError !== null
  return <Badge color={isRetried ? 'orange' : colors[status]}>{isRetried ? text.retrying : text.statuses[status]}</Badge>
}
