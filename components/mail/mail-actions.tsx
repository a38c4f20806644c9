'use client'

import { Button, Group, Stack, Text } from '@mantine/core'
import { IconLink, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import type { MailPreview } from '@/lib/mail/schema'
import { resendMail, showLink } from '@/lib/mail/server-actions'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import { useServerAction } from '../use-action'
import classes from './mail-drawer.module.css'
import type { MailRights } from './mail-rights'

type Props = { mail: MailPreview; rights: MailRights; onReplaced: (key: number) => void }

/** Sending it again and, without a mail server, its link to hand over. */
export function MailActions({ mail, rights: { mayResend, sendsMail }, onReplaced }: Props) {
  const text = useText().mail.drawer
  const [link, setLink] = useState<string | null>(null)
  const resend = useServerAction(resendMail, {
    message: ({ recipient }) => (sendsMail ? text.resent(recipient) : text.kept(recipient)),
    onSuccess: ({ key }) => onReplaced(key),
  })
  const show = useServerAction(showLink, { onSuccess: (shown) => setLink(shown.link) })
  if (!mayResend || mail.html === null) return null

  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          loading={resend.isPending}
          onClick={() => void resend.run({ key: mail.key })}
        >
          {text.resend}
        </Button>
        {mail.isLinkShowable && !link && (
          <Button
            variant="default"
            leftSection={<IconLink size={16} aria-hidden />}
            loading={show.isPending}
            onClick={() => void show.run({ key: mail.key })}
          >
            {text.showLink}
          </Button>
        )}
      </Group>
      {mail.isMasked && (
        <Text size="sm" c="dimmed">
          {mail.isLinkShowable ? `${text.resendHint} ${text.showLinkHint}` : text.resendHint}
        </Text>
      )}
      <div role="status">
        {link && (
          <span className={classes['link']}>
            <Text span size="sm" ff="monospace" dir="ltr" aria-label={text.link}>
              {link}
            </Text>
            <CopyButton value={link} what={text.theLink} />
          </span>
        )}
      </div>
    </Stack>
  )
}
