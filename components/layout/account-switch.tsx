'use client'

import { Box, Group, Menu, Text, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useState } from 'react'
import type { AccountName } from '../auth/account-choice'
import { useEnterAccount } from '../auth/use-enter-account'
import { useText } from '../text/use-text'
import classes from './app-shell.module.css'

type Props = { account: AccountName; accounts: AccountName[] }

/** From so many accounts on they are looked for by name. */
const many = 8

/** Which account the console shows; a menu for whoever is an administrator of several. */
export function AccountSwitch({ account, accounts }: Props) {
  const text = useText().signIn.accounts
  const { enter, entering } = useEnterAccount('/')
  const [search, setSearch] = useState('')

  if (accounts.length < 2) {
    return (
      <Box className={classes['account']}>
        <Named name={account.name} />
      </Box>
    )
  }
  const found = accounts.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <Box className={classes['account']}>
      <Menu position="bottom-start" width={280} withinPortal={false} onClose={() => setSearch('')}>
        <Menu.Target>
          <UnstyledButton className={classes['switch']} disabled={entering !== null}>
            <VisuallyHidden>{text.change}: </VisuallyHidden>
            <Group gap={6} wrap="nowrap">
              <Box miw={0}>
                <Named name={account.name} />
              </Box>
              <IconSelector size={17} aria-hidden style={{ flex: 'none' }} />
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah="60dvh" style={{ overflowY: 'auto' }}>
          {accounts.length >= many && (
            <TextInput
              aria-label={text.search}
              placeholder={text.search}
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
              m={4}
            />
          )}
          {found.map(({ id, name }) => (
            <Menu.Item
              key={id}
              onClick={() => id !== account.id && enter(id)}
              rightSection={id === account.id && <IconCheck size={17} aria-hidden />}
              aria-current={id === account.id || undefined}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Box>
  )
}

function Named({ name }: { name: string }) {
  const { account } = useText().shell
  return (
    <>
      <Text size="xs" c="dimmed" lh={1.2} visibleFrom="xs">
        {account}
      </Text>
      <Text fw={600} truncate lh={1.35}>
        {name}
      </Text>
    </>
  )
}
