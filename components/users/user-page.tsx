'use client'

import { Alert, Anchor, Avatar, Box, Group, Tabs, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { UserStatus } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import type { Me } from './me'
import { ProfileForm } from './profile-form'
import type { SignInSettings } from './sign-in-settings'
import { UserActions } from './user-actions'
import { KindBadges, UserFacts } from './user-badges'
import { nameOf } from './user-name'
import classes from './user-page.module.css'

const UserActivity = dynamic(() => import('./user-activity').then((module) => module.UserActivity))

type Props = { userId: string; me: Me; roles: UserRole[]; settings: SignInSettings }

/** One person: who it is, what is so, and the tabs; the open tab is in the address. */
export function UserPage({ userId, me, roles, settings }: Props) {
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
      <Anchor component={Link} href="/users" size="sm" className={classes['back']}>
        <IconArrowLeft size={16} aria-hidden />
        {text.page.back}
      </Anchor>
      <Header user={user} me={me} settings={settings} onEnded={() => router.push('/users')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => window.history.pushState(null, '', next === 'activity' ? `${path}?tab=activity` : path)}
      >
        <Tabs.List mb="xl">
          <Tabs.Tab value="profile">{text.page.profile}</Tabs.Tab>
          <Tabs.Tab value="activity">{text.page.activity}</Tabs.Tab>
        </Tabs.List>
        {/* Stays while the other tab is looked at, with what is typed in it. */}
        <Tabs.Panel value="profile" keepMounted>
          <ProfileForm key={user.id} user={user} isSelf={user.id === me.id} mayUpdate={me.mayUpdate} roles={roles} />
        </Tabs.Panel>
        <Tabs.Panel value="activity">
          <UserActivity userId={user.id} roles={roles} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

type HeaderProps = { user: User; me: Me; settings: SignInSettings; onEnded: () => void }

function Header({ user, me, settings, onEnded }: HeaderProps) {
  const text = useText().users
  const name = nameOf(user)
  return (
    <header className={classes['header']}>
      <Avatar name={name} color="initials" size={56} aria-hidden />
      <Box miw={0} className={classes['who']}>
        <Title order={1} dir="auto" className={classes['name']}>
          {name}
        </Title>
        <Group gap={2} wrap="nowrap">
          <Text size="sm" c="dimmed" ff="monospace" className={classes['id']}>
            {user.id}
          </Text>
          <CopyButton value={user.id} what={text.theId} />
        </Group>
        <Group gap={6} mt={8}>
          <UserFacts user={user} />
          <KindBadges user={user} meId={me.id} />
        </Group>
        {user.status === UserStatus.BLOCKED && user.blockReason && (
          <Text size="sm" mt={8} dir="auto">
            {text.blockDialog.reason}: {user.blockReason}
          </Text>
        )}
      </Box>
      <UserActions user={user} me={me} settings={settings} onEnded={onEnded} />
    </header>
  )
}
