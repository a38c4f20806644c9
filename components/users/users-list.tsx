'use client'

import { Button, VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import type { UserListResponse } from '@/lib/user/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { ExportButton } from './export-button'
import type { Me } from './me'
import type { SignInSettings } from './sign-in-settings'
import { useUsersView } from './use-users-view'
import { UsersEmpty, UsersFailure } from './users-empty'
import classes from './users-list.module.css'
import { UsersPager } from './users-pager'
import { usersQuery } from './users-query'
import { UsersQueryBar } from './users-query-bar'
import { UsersTable, UsersTableSkeleton } from './users-table'
import type { UsersView } from './users-view'

// Opened by a click: their code comes when it is needed.
const UserDrawer = dynamic(() => import('./user-drawer').then((module) => module.UserDrawer))
const AddUserDrawer = dynamic(() => import('./add-user-drawer').then((module) => module.AddUserDrawer))

type Props = { me: Me; roles: UserRole[]; settings: SignInSettings }

/** The page of all people: search, filters, rows, pages; the address is its state. */
export function UsersList({ me, roles, settings }: Props) {
  const text = useText().users
  const { view, show, open, close } = useUsersView()
  const { data, error, isPlaceholderData, refetch } = useQuery(usersQuery(view))
  usePrefetchedNext(view, data)
  const count = data && text.count(data.totalCount, data.isTotalExact)

  return (
    <div className={classes['page']}>
      <PageHeader title={text.title} description={count ?? text.loading}>
        {me.mayExport && <ExportButton view={view} sendsMail={settings.sendsMail} />}
        {me.mayAdd && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open({ add: '1' })}>
            {text.add}
          </Button>
        )}
      </PageHeader>
      <UsersQueryBar view={view} roles={roles} onChange={show} />
      <VisuallyHidden role="status">{isPlaceholderData ? '' : count}</VisuallyHidden>
      {error && <UsersFailure error={error} view={view} onRetry={() => void refetch()} onShow={show} />}
      {!data && !error && <UsersTableSkeleton />}
      {data && data.objects.length === 0 && !error && <UsersEmpty view={view} mayAdd={me.mayAdd} onShow={show} />}
      {data && data.objects.length > 0 && (
        <>
          <UsersTable
            view={view}
            users={data.objects}
            isStale={isPlaceholderData}
            meId={me.id}
            onSort={(sort) => show({ sort })}
            onOpen={(user) => open({ user })}
          />
          <UsersPager view={view} list={data} onShow={show} />
        </>
      )}
      {view.user && (
        <UserDrawer key={view.user} userId={view.user} me={me} settings={settings} onClose={() => close({ user: undefined })} />
      )}
      {view.add && <AddUserDrawer roles={roles} settings={settings} onClose={() => close({ add: undefined })} />}
    </div>
  )
}

/** The next page is there before it is asked for. */
function usePrefetchedNext(view: UsersView, data: UserListResponse | undefined) {
  const queries = useQueryClient()
  const cursor = data?.nextCursor
  useEffect(() => {
    if (cursor) void queries.prefetchQuery(usersQuery({ ...view, cursor }))
  }, [queries, view, cursor])
}
