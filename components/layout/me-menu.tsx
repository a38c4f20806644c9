'use client'

import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useSignOut } from '../auth/use-sign-out'
import { useText } from '../text/use-text'

export type Me = { name: string; email: string }

/** Who is signed in, and the way out. */
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
        <Menu.Item leftSection={<IconLogout size={17} aria-hidden />} onClick={signOut} disabled={isPending}>
          {isPending ? text.signingOut : text.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
