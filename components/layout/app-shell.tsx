'use client'

import { Burger, Drawer, Group, AppShell as Shell } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { Grants } from '@/lib/action/permissions'
import type { AccountName } from '../auth/account-choice'
import { useText } from '../text/use-text'
import { AccountSwitch } from './account-switch'
import classes from './app-shell.module.css'
import { Brand } from './brand'
import { type Me, MeMenu } from './me-menu'
import { SideBar } from './side-bar'
import { ThemeSwitch } from './theme-switch'

type Props = { account: AccountName; accounts: AccountName[]; me: Me; grants: Grants; children: ReactNode }

/** The frame of every page of the console: side bar (a drawer on a phone), the account, the theme, me. */
export function AppShell({ account, accounts, me, grants, children }: Props) {
  const text = useText().shell
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <Shell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: true } }}
      padding={{ base: 'md', sm: 'xl' }}
      className={classes['shell']}
    >
      <a href="#content" className="skip-link">
        {text.skipToContent}
      </a>

      <Shell.Header className={classes['header']}>
        <Burger
          opened={isOpen}
          onClick={open}
          hiddenFrom="sm"
          size="sm"
          aria-label={text.openNavigation}
          aria-expanded={isOpen}
        />
        <AccountSwitch account={account} accounts={accounts} />
        <Group gap="xs" wrap="nowrap">
          <ThemeSwitch />
          <MeMenu me={me} />
        </Group>
      </Shell.Header>

      <Shell.Navbar visibleFrom="sm" aria-label={text.navigation} className={classes['side']}>
        <div className={classes['brand']}>
          <Brand />
        </div>
        <SideBar grants={grants} />
      </Shell.Navbar>

      <Drawer
        opened={isOpen}
        onClose={close}
        size={280}
        padding="md"
        title={<Brand />}
        closeButtonProps={{ 'aria-label': text.closeNavigation }}
        hiddenFrom="sm"
      >
        <nav aria-label={text.navigation}>
          <SideBar grants={grants} onFollowed={close} />
        </nav>
      </Drawer>

      <Shell.Main id="content" tabIndex={-1} className={classes['main']}>
        {children}
      </Shell.Main>
    </Shell>
  )
}
