'use client'

import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import Link from 'next/link'
import { useSignOut } from '../auth/use-sign-out'
import { useText } from '../text/use-text'

export type Me = { name: string; email: string }

/** Who is signed in, the own account, and the way out. */
export function MeMenu({ me }: { me: Me }) {
  const text = useText().shell
  const { signOut, isPending } = useSignOut()
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton style={{ borderRadius: '50%' }}>
          <VisuallyHidden>{text.me(me.name)}</VisuallyHidden>
          <Avatar name={me.name} color="pine" size={34} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="var(--mantine-color-text)" truncate>
            {me.name}
          </Text>
          <Text size="xs" truncate>
            {me.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} href="/account" closeMenuOnClick leftSection={<IconUserCircle size={17} aria-hidden />}>
          {text.myAccount}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={17} aria-hidden />} onClick={signOut} disabled={isPending}>
          {isPending ? text.signingOut : text.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
