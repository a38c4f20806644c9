'use client'

import { Alert, Drawer, Group, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { User } from '@/lib/user/schema'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import { LinkButton } from '../ui/link-button'
import { RelativeTime } from '../ui/relative-time'
import { useListedUser } from './use-listed-user'
import { UserActions } from './user-actions'
import { KindBadges, UserFacts } from './user-badges'
import { nameOf, userHref } from './user-name'

type Props = { userId: string; meId: string; onClose: () => void }

/** One person at a glance, beside the list. */
export function UserDrawer({ userId, meId, onClose }: Props) {
  const text = useText().users
  const listed = useListedUser(userId)
  // A deleted user cannot be read by id, but stands in the list it was opened from.
  const isGone = listed?.status === 2
  const { data, error } = useQuery({ ...actionQuery<User>('user', 'get', { userId }), placeholderData: listed, enabled: !isGone })
  const user = isGone ? listed : data

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={440}
      title={user ? nameOf(user) : userId}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      {error && !user && (
        <Alert color="red" role="alert" title={text.page.gone}>
          {error.message}
        </Alert>
      )}
      {!user && !error && <Loader aria-label={text.loading} />}
      {user && (
        <Stack gap="lg">
          <Group gap={6}>
            <KindBadges user={user} meId={meId} />
            <UserFacts user={user} />
          </Group>
          <Group gap="xs">
            {!isGone && (
              <LinkButton href={userHref(user.id)} size="sm">
                {text.openPage}
              </LinkButton>
            )}
            <UserActions user={user} meId={meId} />
          </Group>
          <Details user={user} />
        </Stack>
      )}
    </Drawer>
  )
}

function Details({ user }: { user: User }) {
  const text = useText().users
  const facts: [label: string, value: React.ReactNode][] = [
    [
      text.field.id,
      <Group key="id" gap={4} wrap="nowrap">
        <Text size="sm" ff="monospace" style={{ wordBreak: 'break-all' }}>
          {user.id}
        </Text>
        <CopyButton value={user.id} what={text.theId} />
      </Group>,
    ],
    [text.field.email, user.email],
    [text.field.roleIds, user.roleNames?.replaceAll(',', ', ')],
    [text.field.company, [user.title, user.company].filter(Boolean).join(', ')],
    [text.group.address, [user.zip, user.city, user.country].filter(Boolean).join(' ')],
    [text.field.tags, user.tags?.replaceAll(',', ', ')],
    [text.column.lastSignIn, <RelativeTime key="signIn" at={user.lastLoginTime} never={text.never} />],
    [text.column.created, <RelativeTime key="created" at={user.createdAt} />],
    [text.column.updated, <RelativeTime key="updated" at={user.updatedAt} />],
    [text.blockDialog.reason, user.blockReason],
  ]
  return (
    <Stack component="dl" gap="sm" m={0}>
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
    </Stack>
  )
}
