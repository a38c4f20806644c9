'use client'

import { Alert, Anchor, Avatar, Box, Group, Tabs, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import type { User } from '@/lib/user/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import { ProfileForm } from './profile-form'
import { UserActions } from './user-actions'
import { UserActivity } from './user-activity'
import { KindBadges, UserFacts } from './user-badges'
import { nameOf } from './user-name'

type Props = { userId: string; meId: string; roles: UserRole[] }

/** One person: who it is, what is so, and the tabs; the open tab is in the address. */
export function UserPage({ userId, meId, roles }: Props) {
  const text = useText().users
  const router = useRouter()
  const path = usePathname()
  const tab = useSearchParams().get('tab') === 'activity' ? 'activity' : 'profile'
  const { data: user, error } = useQuery(actionQuery<User>('user', 'get', { userId }))

  if (!user) {
    return (
      <Alert title={text.page.gone} color="gray" role="alert">
        <Text size="sm">{error?.message ?? text.page.goneHint}</Text>
        <Anchor component={Link} href="/users" size="sm">
          {text.page.back}
        </Anchor>
      </Alert>
    )
  }
  return (
    <>
      <Anchor component={Link} href="/users" size="sm">
        {text.page.back}
      </Anchor>
      <Header user={user} meId={meId} onDeleted={() => router.push('/users')} />
      <Tabs
        value={tab}
        onChange={(next) => window.history.pushState(null, '', next === 'activity' ? `${path}?tab=activity` : path)}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="profile">{text.page.profile}</Tabs.Tab>
          <Tabs.Tab value="activity">{text.page.activity}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="profile">
          <ProfileForm key={user.id} user={user} meId={meId} roles={roles} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <UserActivity userId={user.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function Header({ user, meId, onDeleted }: { user: User; meId: string; onDeleted: () => void }) {
  const text = useText().users
  const name = nameOf(user)
  return (
    <Group component="header" justify="space-between" gap="md" mt="xs" mb="lg">
      <Group gap="md" wrap="nowrap" miw={0}>
        <Avatar name={name} color="initials" size={56} radius="xl" aria-hidden />
        <Box miw={0}>
          <Title order={1} dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          <Group gap={4} wrap="nowrap">
            <Text size="sm" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {user.id}
            </Text>
            <CopyButton value={user.id} what={text.theId} />
          </Group>
          <Group gap={6} mt={6}>
            <KindBadges user={user} meId={meId} />
            <UserFacts user={user} />
          </Group>
        </Box>
      </Group>
      <Group gap="xs">
        <UserActions user={user} meId={meId} onDeleted={onDeleted} />
      </Group>
    </Group>
  )
}
