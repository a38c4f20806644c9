'use client'

import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import type { EmailChange } from '@/lib/account/schema'
import { cancelEmailChange } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import { useServerAction } from '../use-action'
import classes from './account.module.css'

/** A new address that waits, and which of the two sides has confirmed it. */
export function PendingEmail({ change, newEmail }: { change: EmailChange; newEmail: string }) {
  const text = useText().account.email
  const { run, isPending } = useServerAction(cancelEmailChange, { message: text.cancelled })
  return (
    <Stack component="section" gap="sm" className={classes['card']} aria-labelledby="pending-email">
      <Title order={2} size="h4" id="pending-email">
        {text.pendingTitle}
      </Title>
      <Side label={text.oldSide} email={change.email} isConfirmed={change.isOldConfirmed} />
      <Side label={text.newSide} email={newEmail} isConfirmed={change.isNewConfirmed} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {text.until} <RelativeTime at={change.expiresAt} isAhead />
        </Text>
        <Button variant="default" size="xs" loading={isPending} onClick={() => void run({})}>
          {text.cancel}
        </Button>
      </Group>
    </Stack>
  )
}

function Side({ label, email, isConfirmed }: { label: string; email: string; isConfirmed: boolean }) {
  const text = useText().account.email
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div className={classes['what']}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text size="sm">
          <bdi>{email}</bdi>
        </Text>
      </div>
      <Badge color={isConfirmed ? 'pine' : 'gray'} style={{ flex: 'none' }}>
        {isConfirmed ? text.confirmed : text.open}
      </Badge>
    </Group>
  )
}
