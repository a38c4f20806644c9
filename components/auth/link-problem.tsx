'use client'

import { Group } from '@mantine/core'
import { NoticeText } from '../layout/notice-page'
import { useText } from '../text/use-text'
import { LinkButton } from '../ui/link-button'

/** Why a mailed link does not work, and the way to a new one. */
export function LinkProblem({ state }: { state: 'expired' | 'used' | 'replaced' | 'restored' | 'damaged' | 'none' }) {
  const text = useText().recovery.link
  return (
    <NoticeText
      title={text[state].title}
      action={
        <Group gap="xs">
          <LinkButton href="/forgot">{text.renew}</LinkButton>
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
