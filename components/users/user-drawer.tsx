'use client'

import { Alert, Avatar, Box, Drawer, Group, Loader, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { UserStatus } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { LinkButton } from '../ui/link-button'
import { useOnTop } from '../ui/use-on-top'
import { useReturnFocus } from '../ui/use-return-focus'
import type { Me } from './me'
import type { SignInSettings } from './sign-in-settings'
import { useListedUser } from './use-listed-user'
import { UserActions } from './user-actions'
import { KindBadges, UserFacts } from './user-badges'
import { UserDetails } from './user-details'
import { nameOf, userHref } from './user-name'

type Props = { userId: string; me: Me; settings: SignInSettings; onClose: () => void }

/** One person at a glance, beside the list. */
export function UserDrawer({ userId, me, settings, onClose }: Props) {
  const text = useText().users
  useReturnFocus()
  const isOnTop = useOnTop()
  const listed = useListedUser(userId)
  // A deleted user cannot be read by id, but stands in the list it was opened from.
  const isGone = listed?.status === UserStatus.DELETED
  const { data, error } = useQuery({ ...actionQuery<User>('user', 'get', { userId }), placeholderData: listed, enabled: !isGone })
  const user = isGone ? listed : data

  return (
    <Drawer
      opened
      onClose={() => isOnTop() && onClose()}
      position="right"
      size={460}
      padding="lg"
      title={<Title user={user} userId={userId} />}
      styles={{ title: { minWidth: 0, flex: 1 } }}
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
            <UserFacts user={user} />
            <KindBadges user={user} meId={me.id} />
          </Group>
          {!isGone && (
            <LinkButton href={userHref(user.id)} data-autofocus>
              {text.openPage}
            </LinkButton>
          )}
          <UserDetails user={user} />
          <UserActions user={user} me={me} settings={settings} onEnded={onClose} />
        </Stack>
      )}
    </Drawer>
  )
}

function Title({ user, userId }: { user: User | undefined; userId: string }) {
  const name = user ? nameOf(user) : userId
  return (
    <Group gap="sm" wrap="nowrap" component="span">
      <Avatar name={name} color="initials" size={40} aria-hidden />
      <Box component="span" miw={0}>
        <Text span fw={650} size="lg" lh={1.25} dir="auto" lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      </Box>
    </Group>
  )
}
