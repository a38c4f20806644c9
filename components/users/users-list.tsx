'use client'

import { ActionIcon, Alert, Button, Group, Select, Stack, Text, Title } from '@mantine/core'
import { IconAlertCircle, IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import type { UserListResponse } from '@/lib/user/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { ReadFailure } from '../action-query'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { useUsersView } from './use-users-view'
import { usersQuery } from './users-query'
import { UsersQueryBar } from './users-query-bar'
import { UsersTable, UsersTableSkeleton } from './users-table'
import { activeFilters, noFilters, pageSizes, type UsersView } from './users-view'

// Opened by a click: their code comes when it is needed.
const UserDrawer = dynamic(() => import('./user-drawer').then((module) => module.UserDrawer))
const AddUserDrawer = dynamic(() => import('./add-user-drawer').then((module) => module.AddUserDrawer))

type Props = { me: { id: string; mayAdd: boolean }; roles: UserRole[] }

/** The page of all people: search, filters, rows, pages; the address is its state. */
export function UsersList({ me, roles }: Props) {
  const text = useText().users
  const { view, show } = useUsersView()
  const { data, error, isPlaceholderData, refetch } = useQuery(usersQuery(view))
  usePrefetchedNext(view, data)

  return (
    <>
      <PageHeader title={text.title} description={data && text.count(data.totalCount, data.isTotalExact)}>
        {me.mayAdd && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => show({ add: '1' })}>
            {text.add}
          </Button>
        )}
      </PageHeader>
      <UsersQueryBar view={view} roles={roles} onChange={show} />
      <Text role="status" aria-live="polite" className="visually-hidden">
        {data && !isPlaceholderData ? text.count(data.totalCount, data.isTotalExact) : ''}
      </Text>
      {error ? <ListFailure error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error && <UsersTableSkeleton />}
      {data && data.objects.length === 0 && !error && <Empty view={view} mayAdd={me.mayAdd} onShow={show} />}
      {data && data.objects.length > 0 && (
        <>
          <UsersTable
            view={view}
            users={data.objects}
            isStale={isPlaceholderData}
            meId={me.id}
            onSort={(sort) => show({ sort })}
            onOpen={(user) => show({ user })}
          />
          <Pages view={view} list={data} onShow={show} />
        </>
      )}
      {view.user && <UserDrawer key={view.user} userId={view.user} meId={me.id} onClose={() => show({ user: undefined })} />}
      {view.add && <AddUserDrawer roles={roles} onClose={() => show({ add: undefined })} />}
    </>
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

type PagesProps = { view: UsersView; list: UserListResponse; onShow: (changes: Partial<UsersView>) => void }

function Pages({ view, list, onShow }: PagesProps) {
  const text = useText().users
  return (
    <Group justify="space-between" mt="md" gap="sm">
      <Group gap="xs">
        <Text size="sm" c="dimmed" id="page-size">
          {text.pageSize}
        </Text>
        <Select
          aria-labelledby="page-size"
          size="xs"
          w={76}
          data={pageSizes.map(String)}
          value={String(view.size)}
          allowDeselect={false}
          onChange={(size) => onShow({ size: Number(size) })}
        />
      </Group>
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={text.previous}
          disabled={!list.previousCursor}
          onClick={() => onShow({ cursor: list.previousCursor ?? undefined })}
        >
          <IconChevronLeft size={18} className="turns-in-rtl" aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={text.next}
          disabled={!list.nextCursor}
          onClick={() => onShow({ cursor: list.nextCursor ?? undefined })}
        >
          <IconChevronRight size={18} className="turns-in-rtl" aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  )
}

function ListFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { users: text, errors } = useText()
  const failure = error instanceof ReadFailure ? error.failure : null
  const isForbidden = failure?.code === 'SERVICE_FORBIDDEN'
  return (
    <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={text.empty.failed} mb="md">
      <Text size="sm">{isForbidden ? text.empty.forbidden : (failure?.message ?? errors.unreachable)}</Text>
      {failure && (
        <Text size="xs" ff="monospace" mt={4}>
          {errors.requestId(failure.requestId)}
        </Text>
      )}
      {!isForbidden && (
        <Button variant="light" color="red" size="xs" mt="sm" onClick={onRetry}>
          {errors.retry}
        </Button>
      )}
    </Alert>
  )
}

function Empty({ view, mayAdd, onShow }: { view: UsersView; mayAdd: boolean; onShow: (changes: Partial<UsersView>) => void }) {
  const text = useText().users
  const isFiltered = activeFilters(view).length > 0
  return (
    <Stack align="center" gap="xs" py={64} px="md" ta="center">
      <Title order={2}>{isFiltered ? text.empty.nothing : text.empty.none}</Title>
      <Text c="dimmed" maw={460}>
        {isFiltered ? text.empty.nothingHint : text.empty.noneHint}
      </Text>
      <Group mt="sm">
        {isFiltered && <Button onClick={() => onShow(noFilters)}>{text.empty.clear}</Button>}
        {isFiltered && !view.status && (
          <Button variant="default" onClick={() => onShow({ status: 'all' })}>
            {text.empty.nothingAllStatuses}
          </Button>
        )}
        {!isFiltered && mayAdd && <Button onClick={() => onShow({ add: '1' })}>{text.add}</Button>}
      </Group>
    </Stack>
  )
}
