'use client'

import { Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import type { MailPreview } from '@/lib/mail/schema'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import { RelativeTime } from '../ui/relative-time'
import { MailBadge } from './mail-badge'
import classes from './mail-drawer.module.css'

/** To whom, when, and what became of it; what is not known is left out. */
export function MailFacts({ mail }: { mail: MailPreview }) {
  const { drawer: text, events } = useText().mail
  const time = (at: number | null) => at !== null && <RelativeTime at={Math.floor(at / 1000)} />
  const facts: [label: string, value: ReactNode][] = [
    [text.to, <Address key="to" value={mail.recipient} what={text.theAddress} />],
    [text.kind, events[mail.event as keyof typeof events] ?? mail.event],
    [text.status, <MailBadge key="status" mail={mail} />],
    [text.written, time(mail.createdAt)],
    [text.sent, time(mail.sentAt)],
    [text.next, mail.status === 'queued' && mail.attempts > 0 && time(mail.nextAttemptAt)],
    [text.attempts, mail.attempts > 1 && mail.attempts],
    [text.lastError, mail.lastError],
  ]
  return (
    <dl className={classes['facts']}>
      {facts.map(
        ([label, value]) =>
          value && (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}

function Address({ value, what }: { value: string; what: string }) {
  return (
    <span className={classes['copyable']}>
      <Text span inherit dir="ltr" miw={0}>
        {value}
      </Text>
      <CopyButton value={value} what={what} />
    </span>
  )
}
