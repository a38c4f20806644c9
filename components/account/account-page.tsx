'use client'

import { Tabs } from '@mantine/core'
import { usePathname, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import type { RuleSettings } from '@/lib/auth/password-rules'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import classes from './account.module.css'
import { EmailPanel } from './email-panel'
import { MyDataPanel } from './my-data-panel'
import { PasswordPanel } from './password-panel'
import { type OwnProfile, ProfilePanel } from './profile-panel'
import { SecondFactorPanel } from './second-factor-panel'
import { SessionsPanel } from './sessions-panel'
import { SignInsPanel } from './sign-ins-panel'
import { readTab, type Tab, tabs } from './tabs'

type Props = { person: string; email: string; profile: OwnProfile; passwordSettings: RuleSettings }

/** "My account" of the `person`, by the number of the login; the open tab is in the address. */
export function AccountPage({ person, email, profile, passwordSettings }: Props) {
  const text = useText().account
  const path = usePathname()
  const tab = readTab(useSearchParams().get('tab'))
  const list = useRef<HTMLDivElement>(null)
  // One line here, one in `tabs` and a name in the catalogue make another tab.
  const panels: Record<Tab, ReactNode> = {
    profile: <ProfilePanel profile={profile} />,
    email: <EmailPanel />,
    password: <PasswordPanel email={email} profile={profile} passwordSettings={passwordSettings} />,
    factor: <SecondFactorPanel person={person} />,
    sessions: <SessionsPanel />,
    signIns: <SignInsPanel />,
    data: <MyDataPanel />,
  }
  // On a phone the open tab may be beyond the edge of the list.
  useEffect(() => {
    const shown = list.current?.querySelector(`[data-tab="${tab}"]`)
    shown?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [tab])

  const show = (next: string | null) =>
    window.history.pushState(null, '', readTab(next) === 'profile' ? path : `${path}?tab=${next}`)

  return (
    <>
      <PageHeader title={text.title} description={text.description(email)} />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List ref={list} mb="xl" className={classes['tabs']} aria-label={text.sections}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} data-tab={name} className={classes['tab']}>
              {text.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {panels[name]}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}
