'use client'

import { Badge } from '@mantine/core'
import type { Mail } from '@/lib/mail/schema'
import { useText } from '../text/use-text'

const colors = { queued: 'blue', sent: 'teal', failed: 'red', replaced: 'gray' }

/** What became of a mail. Without a mail server none waits to go: it is kept. */
export function MailBadge({ mail: { status, lastError }, sendsMail }: { mail: Mail; sendsMail: boolean }) {
  const text = useText().mail
  if (status === 'queued' && !sendsMail) return <Badge color="gray">{text.kept}</Badge>
  const isRetried = status === 'queued' && lastError !== null
  return <Badge color={isRetried ? 'orange' : colors[status]}>{isRetried ? text.retrying : text.statuses[status]}</Badge>
}
