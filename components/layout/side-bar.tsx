'use client'

import { NavLink, Text } from '@mantine/core'
import { IconMail, IconUsers } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Fragment } from 'react'
import { useText } from '../text/use-text'
import classes from './app-shell.module.css'

/** The pages of the console, by what they are about; the frame around says that it is the navigation. */
export function SideBar({ onFollowed }: { onFollowed?: () => void }) {
  const text = useText().shell
  const path = usePathname()
  const sections = [
    { title: text.people, pages: [{ href: '/users', label: text.users, Icon: IconUsers }] },
    { title: text.evidence, pages: [{ href: '/mail', label: text.mail, Icon: IconMail }] },
  ]
  return sections.map(({ title, pages }) => (
    <Fragment key={title}>
      <Text className={classes['section']} component="h2">
        {title}
      </Text>
      {pages.map(({ href, label, Icon }) => {
        const isHere = path === href || path.startsWith(`${href}/`)
        return (
          <NavLink
            key={href}
            component={Link}
            href={href}
            label={label}
            leftSection={<Icon size={18} stroke={1.8} aria-hidden />}
            active={isHere}
            aria-current={isHere ? 'page' : undefined}
            className={classes['link']}
            onClick={onFollowed}
          />
        )
      })}
    </Fragment>
  ))
}
