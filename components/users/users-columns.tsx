'use client'

import { Anchor, Avatar, Text } from '@mantine/core'
import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { UserStatus } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import type { Text as Catalogue } from '../text/en'
import { CopyButton } from '../ui/copy-button'
import { Highlight } from '../ui/highlight'
import { RelativeTime } from '../ui/relative-time'
import { KindBadges, LockBadge, LoginBadge, StatusBadge } from './user-badges'
import { nameOf, userHref } from './user-name'
import classes from './users-table.module.css'
import type { ColumnName } from './users-view'

/** The server sorts, filters and pages; the table only lays out. */
export const features = tableFeatures({})
const column = createColumnHelper<typeof features, User>()

type Shown = { search: string | undefined; meId: string; text: Catalogue['users'] }

/** The columns of the list, all of them; the view chooses which are shown. */
export function usersColumns({ search, meId, text }: Shown) {
  const shown = (id: ColumnName | 'name', cell: (user: User) => ReactNode) =>
    column.display({ id, header: text.column[id], cell: ({ row }) => cell(row.original) })
  const plain = (id: ColumnName, value: (user: User) => string | null | undefined) =>
    shown(id, (user) => <Plain>{value(user)}</Plain>)
  const time = (id: ColumnName, at: (user: User) => number | null | undefined) =>
    shown(id, (user) => (
      <span className={classes['time']}>
        <span className={classes['label']}>{text.column[id]}: </span>
        <RelativeTime at={at(user)} never={text.never} />
      </span>
    ))

  return [
    shown('name', (user) => <Name user={user} search={search} meId={meId} />),
    shown('id', (user) => <Id user={user} search={search} what={text.theId} />),
    shown('email', ({ email }) => <Plain>{email && <Highlight text={email} search={search} />}</Plain>),
    plain('roles', (user) => user.roleNames?.replaceAll(',', ', ')),
    shown('status', (user) => (
      <span className={classes['badges']}>
        <StatusBadge user={user} />
      </span>
    )),
    shown('login', (user) => (
      <span className={classes['badges']}>
        <LoginBadge user={user} />
        <LockBadge user={user} />
      </span>
    )),
    time('lastSignIn', (user) => user.lastLoginTime),
    time('created', (user) => user.createdAt),
    time('updated', (user) => user.updatedAt),
    plain('tags', (user) => user.tags?.replaceAll(',', ', ')),
    plain('company', (user) => user.company),
    plain('title', (user) => user.title),
    plain('country', (user) => user.country),
    plain('city', (user) => user.city),
  ]
}

function Name({ user, search, meId }: { user: User; search: string | undefined; meId: string }) {
  const name = nameOf(user)
  const shown = <Highlight text={name} search={search} />
  const look = { size: 'sm', fw: 600, className: classes['cut'], dir: 'auto', title: name } as const
  return (
    <span className={classes['name']}>
      <Avatar name={name} color="initials" size={30} aria-hidden />
      <span className={classes['nameText']}>
        {/* Who was deleted has no page; the row opens what there is. */}
        {user.status === UserStatus.DELETED ? (
          <Text span {...look}>
            {shown}
          </Text>
        ) : (
          <Anchor component={Link} href={userHref(user.id)} prefetch={false} {...look}>
            {shown}
          </Anchor>
        )}
        <span className={classes['kinds']}>
          <KindBadges user={user} meId={meId} />
        </span>
      </span>
    </span>
  )
}

function Id({ user: { id, email }, search, what }: { user: User; search: string | undefined; what: string }) {
  return (
    <span className={`${classes['id']} ${id === email ? classes['same'] : ''}`}>
      <Text span size="xs" ff="monospace" className={classes['cut']} title={id}>
        <Highlight text={id} search={search} />
      </Text>
      <CopyButton value={id} what={what} />
    </span>
  )
}

function Plain({ children }: { children: ReactNode }) {
  if (!children)
    return (
      <span className={classes['nothing']} aria-hidden>
        –
      </span>
    )
  return (
    <Text span size="sm" className={classes['cut']} dir="auto">
      {children}
    </Text>
  )
}
