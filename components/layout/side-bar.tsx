'use client'

import { NavLink, Text } from '@mantine/core'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Fragment } from 'react'
import type { Grants } from '@/lib/action/permissions'
import { useText } from '../text/use-text'
import classes from './app-shell.module.css'
import { navigationFor } from './navigation'

/** The pages of the console, by what they are about; the frame around says that it is the navigation. */
export function SideBar({ grants, onFollowed }: { grants: Grants; onFollowed?: () => void }) {
  const text = useText().shell
  const path = usePathname()
  return navigationFor(grants).map((group) => (
    <Fragment key={group.label}>
      <Text className={classes['section']} component="h2">
        {text.groups[group.label]}
      </Text>
      {group.pages.map(({ href, label, Icon }) => {
        const isHere = path === href || path.startsWith(`${href}/`)
        return (
          <NavLink
            key={href}
            component={Link}
            href={href}
            label={text.pages[label]}
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
