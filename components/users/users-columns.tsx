'use client'

import { Anchor, Avatar, Box, Group, Text } from '@mantine/core'
import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import Link from 'next/link'
import type { User, userOrders } from '@/lib/user/schema'
import type { Text as Catalogue } from '../text/catalogue'
import { CopyButton } from '../ui/copy-button'
import { Highlight } from '../ui/highlight'
import { RelativeTime } from '../ui/relative-time'
import { KindBadges, LockBadge, LoginBadge, StatusBadge, UserFacts } from './user-badges'
import { nameOf, userHref } from './user-name'
import classes from './users-table.module.css'
import type { ColumnName } from './users-view'

type Order = (typeof userOrders)[number]

/** What each column is sorted by, where it can be. */
export const orderOf: Partial<Record<ColumnName | 'name', Order>> = {
  name: 'fullName',
  id: 'id',
  email: 'email',
  status: 'status',
  lastSignIn: 'lastLoginTime',
  created: 'createdAt',
  updated: 'updatedAt',
}

export const features = tableFeatures({})
const column = createColumnHelper<typeof features, User>()

type Shown = { search: string | undefined; meId: string; text: Catalogue['users'] }

/** The columns of the list, all of them; the view chooses which are shown. */
export function usersColumns({ search, meId, text }: Shown) {
  const plain = (id: ColumnName, value: (user: User) => string | null | undefined) =>
    column.display({ id, header: text.column[id], cell: ({ row }) => <Plain>{value(row.original)}</Plain> })
  const time = (id: ColumnName, at: (user: User) => number | null | undefined) =>
    column.display({ id, header: text.column[id], cell: ({ row }) => <RelativeTime at={at(row.original)} never={text.never} /> })

  return [
    column.display({
      id: 'name',
      header: text.column.name,
      cell: ({ row }) => <NameCell user={row.original} search={search} meId={meId} />,
    }),
    column.display({
      id: 'id',
      header: text.column.id,
      cell: ({ row }) => <IdCell id={row.original.id} search={search} what={text.theId} />,
    }),
    column.display({
      id: 'email',
      header: text.column.email,
      cell: ({ row }) => (
        <Plain>
          <Highlight text={row.original.email ?? ''} search={search} />
        </Plain>
      ),
    }),
    plain('roles', (user) => user.roleNames?.replaceAll(',', ', ')),
    column.display({ id: 'status', header: text.column.status, cell: ({ row }) => <StatusBadge user={row.original} /> }),
    column.display({
      id: 'login',
      header: text.column.login,
      cell: ({ row }) => (
        <Group gap={4}>
          <LoginBadge user={row.original} />
          <LockBadge user={row.original} />
        </Group>
      ),
    }),
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

function NameCell({ user, search, meId }: { user: User; search: string | undefined; meId: string }) {
  const name = nameOf(user)
  return (
    <Group gap="sm" wrap="nowrap" className={classes['name']}>
      <Avatar name={name} color="initials" radius="xl" size={34} aria-hidden />
      <Box miw={0}>
        <Group gap={6} wrap="nowrap">
          <Anchor component={Link} href={userHref(user.id)} prefetch={false} fw={550} className={classes['nameLink']} dir="auto">
            <Highlight text={name} search={search} />
          </Anchor>
          <KindBadges user={user} meId={meId} />
        </Group>
        <Box hiddenFrom="sm">
          <Text size="sm" c="dimmed" truncate dir="auto">
            {user.email || user.id}
          </Text>
          <Box mt={4}>
            <UserFacts user={user} />
          </Box>
        </Box>
      </Box>
    </Group>
  )
}

function IdCell({ id, search, what }: { id: string; search: string | undefined; what: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Text size="sm" ff="monospace" className={classes['id']} title={id}>
        <Highlight text={id} search={search} />
      </Text>
      <CopyButton value={id} what={what} />
    </Group>
  )
}

function Plain({ children }: { children: React.ReactNode }) {
  return (
    <Text size="sm" className={classes['plain']} dir="auto">
      {children || (
        <>
          <span aria-hidden>–</span>
        </>
      )}
    </Text>
  )
}
