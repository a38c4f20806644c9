'use client'

import { Alert, Drawer, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { MailPreview } from '@/lib/mail/schema'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { useReturnFocus } from '../ui/use-return-focus'
import { MailActions } from './mail-actions'
import { MailBodies } from './mail-bodies'
import { MailFacts } from './mail-facts'
import type { MailRights } from './mail-rights'

type Props = { mailKey: number; rights: MailRights; onReplaced: (key: number) => void; onClose: () => void }

/** One mail beside the list: what became of it, how it reads, and sending it again. */
export function MailDrawer({ mailKey, rights, onReplaced, onClose }: Props) {
  const text = useText().mail
  useReturnFocus()
  const { data: mail, error } = useQuery(actionQuery<MailPreview>('mail', 'get', { key: mailKey }))
  const title = mail && (mail.subject ?? text.unreadable)

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={620}
      padding="lg"
      title={
        <Text span fw={650} size="lg" lh={1.3} dir="auto" lineClamp={3}>
          {title ?? text.title}
        </Text>
      }
      closeButtonProps={{ 'aria-label': text.drawer.close }}
    >
      {error && !mail && (
        <Alert color="red" role="alert" title={text.drawer.gone}>
          {error.message}
        </Alert>
      )}
      {!mail && !error && <Loader aria-label={text.drawer.loading} />}
      {mail && (
        <Stack gap="lg">
          <MailFacts mail={mail} sendsMail={rights.sendsMail} />
          <MailActions mail={mail} rights={rights} onReplaced={onReplaced} />
          {mail.html === null ? <Text c="dimmed">{text.unreadableHint}</Text> : <MailBodies mail={mail} />}
        </Stack>
      )}
    </Drawer>
  )
}
