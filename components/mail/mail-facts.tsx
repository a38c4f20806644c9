'use client'

import type { MailPreview } from '@/lib/mail/schema'
import { useText } from '../text/use-text'
import { Copyable, type Fact, Facts } from '../ui/facts'
import { RelativeTime } from '../ui/relative-time'
import { MailBadge } from './mail-badge'

/** To whom, when, and what became of it; what is not known is left out. */
export function MailFacts({ mail, sendsMail }: { mail: MailPreview; sendsMail: boolean }) {
  const { drawer: text, events } = useText().mail
  const time = (at: number | null, isAhead = false) =>
    at !== null && <RelativeTime at={Math.floor(at / 1000)} isAhead={isAhead} />
  const facts: Fact[] = [
    [text.to, <Copyable key="to" value={mail.recipient} what={text.theAddress} />],
    [text.kind, events[mail.event as keyof typeof events] ?? mail.event],
    [text.status, <MailBadge key="status" mail={mail} sendsMail={sendsMail} />],
    [text.written, time(mail.createdAt)],
    [text.sent, time(mail.sentAt)],
    [text.next, sendsMail && mail.status === 'queued' && mail.attempts > 0 && time(mail.nextAttemptAt, true)],
    [text.attempts, mail.attempts > 1 && mail.attempts],
    [text.lastError, mail.lastError],
  ]
  return <Facts facts={facts} />
}
