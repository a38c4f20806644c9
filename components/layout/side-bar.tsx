'use client'

import { NavLink, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useText } from '../text/use-text'
import classes from './app-shell.module.css'

/** The pages of the console, by what they are about; the frame around says that it is the navigation. */
export function SideBar({ onFollowed }: { onFollowed?: () => void }) {
  const text = useText().shell
  const path = usePathname()
  const pages = [{ href: '/users', label: text.users, Icon: IconUsers }]
  return (
    <>
      <Text className={classes['section']} component="h2">
        {text.people}
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
    </>
  )
}
