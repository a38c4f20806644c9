'use client'

import { Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import type { User } from '@/lib/user/schema'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import { RelativeTime } from '../ui/relative-time'
import classes from './user-details.module.css'

/** What there is to know of a person at a glance; what is empty is left out. */
export function UserDetails({ user }: { user: User }) {
  const text = useText().users
  const facts: [label: string, value: ReactNode][] = [
    [text.field.id, <Copyable key="id" value={user.id} what={text.theId} />],
    [text.field.email, user.email && <Copyable key="email" value={user.email} what={text.theEmail} />],
    [text.loginId, user.loginId !== user.email && user.loginId],
    [text.field.roleIds, user.roleNames?.replaceAll(',', ', ')],
    [text.blockDialog.reason, user.blockReason],
    [text.field.company, [user.title, user.company].filter(Boolean).join(', ')],
    [text.group.address, [user.zip, user.city, user.country].filter(Boolean).join(' ')],
    [text.field.tags, user.tags?.replaceAll(',', ', ')],
    [text.field.description, user.description],
    [text.column.lastSignIn, <RelativeTime key="signIn" at={user.lastLoginTime} never={text.never} />],
    [text.column.created, <RelativeTime key="created" at={user.createdAt} />],
    [text.column.updated, <RelativeTime key="updated" at={user.updatedAt} />],
  ]
  return (
    <dl className={classes['list']}>
      {facts.map(
        ([label, value]) =>
          value && (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}

function Copyable({ value, what }: { value: string; what: string }) {
  return (
    <span className={classes['copyable']}>
      <Text span inherit dir="ltr" miw={0}>
        {value}
      </Text>
      <CopyButton value={value} what={what} />
    </span>
  )
}
