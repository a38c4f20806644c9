'use client'

import { Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSignOut } from '../auth/use-sign-out'
import { Brand } from '../layout/brand'
import { ThemeSwitch } from '../layout/theme-switch'
import { useText } from '../text/use-text'
import classes from './own-frame.module.css'

/** The frame of "My account" for whoever is not let into the console: the name, the theme, and the way out. */
export function OwnFrame({ partnerName, children }: { partnerName: string; children: ReactNode }) {
  const text = useText().shell
  const { signOut, isPending } = useSignOut()
  return (
    <div className={classes['frame']}>
      <header className={classes['header']}>
        <Brand />
        <Group gap="xs" wrap="nowrap">
          <ThemeSwitch />
          <Button variant="default" size="sm" onClick={signOut} loading={isPending}>
            {text.signOut}
          </Button>
        </Group>
      </header>
      <main className={classes['main']}>
        <Text size="sm" c="dimmed" mb="lg">
          {text.noConsole(partnerName)}
        </Text>
        {children}
      </main>
    </div>
  )
}
