'use client'

import { Button, Stack, Text, Title } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useText } from '../text/use-text'
import { useEnterAccount } from './use-enter-account'

export type AccountName = { id: number; name: string }

/** Which of several accounts to enter; the device remembers it. */
export function AccountChoice({ accounts, onward }: { accounts: AccountName[]; onward: string }) {
  const text = useText().signIn.accounts
  const { enter, entering } = useEnterAccount(onward)
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>{text.title}</Title>
        <Text c="dimmed" mt={6}>
          {text.intro}
        </Text>
      </div>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {accounts.map(({ id, name }) => (
          <li key={id}>
            <Button
              variant="default"
              size="md"
              fullWidth
              justify="flex-start"
              leftSection={<IconBuilding size={18} aria-hidden />}
              loading={entering === id}
              disabled={entering !== null && entering !== id}
              onClick={() => enter(id)}
            >
              {name}
            </Button>
          </li>
        ))}
      </Stack>
    </Stack>
  )
}
