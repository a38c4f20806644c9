'use client'

import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { renewLink } from '@/lib/account/server-actions'
import { NoticeText } from '../layout/notice-page'
import { useText } from '../text/use-text'
import { LinkButton } from '../ui/link-button'
import { useServerAction } from '../use-action'
import { LinkSent } from './link-sent'

type Props = {
  state: 'expired' | 'used' | 'replaced' | 'restored' | 'damaged' | 'none'
  /** The key of the link, where there is one. */
  hashKey?: string
}

/** Why a mailed link does not work, and a new one: mailed at once to whom the old one was for, else to the address that is typed then. */
export function LinkProblem({ state, hashKey = '' }: Props) {
  const text = useText().recovery.link
  const [sentAt, setSentAt] = useState<number | null>(null)
  const { run, isPending } = useServerAction(renewLink, { onSuccess: () => setSentAt(Date.now()) })
  const isOurs = state !== 'damaged' && state !== 'none'

  if (sentAt !== null)
    return <LinkSent sentAt={sentAt} said={text.sent} hint={text.sentHint} send={() => renewLink({ hashKey })} />
  return (
    <NoticeText
      title={text[state].title}
      action={
        <Group gap="xs">
          {isOurs ? (
            <Button loading={isPending} onClick={() => void run({ hashKey })}>
              {text.renew}
            </Button>
          ) : (
            <LinkButton href="/forgot">{text.renew}</LinkButton>
          )}
          <LinkButton href="/sign-in" variant="subtle">
            {text.toSignIn}
          </LinkButton>
        </Group>
      }
    >
      {text[state].body}
    </NoticeText>
  )
}
