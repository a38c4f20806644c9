'use client'

import { ScrollArea, Skeleton, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useTable } from '@tanstack/react-table'
import type { MouseEvent } from 'react'
import { useMemo } from 'react'
import type { User } from '@/lib/user/schema'
import { useText } from '../text/use-text'
import { nameOf, userHref } from './user-name'
import { features, orderOf, usersColumns } from './users-columns'
import classes from './users-table.module.css'
import type { ColumnName, UsersView } from './users-view'

type Props = {
  view: UsersView
  users: User[] | undefined
  isStale: boolean
  meId: string
  onSort: (sort: string) => void
  onOpen: (id: string) => void
}

/** The rows of the list. A click opens the drawer, the name leads to the page, with a modifier in a tab of its own. */
export function UsersTable({ view, users = none, isStale, meId, onSort, onOpen }: Props) {
  const text = useText().users
  const columns = useMemo(
    () =>
      usersColumns({ search: view.q, meId, text }).filter(({ id }) => id === 'name' || view.columns.includes(id as ColumnName)),
    [view.q, view.columns, meId, text],
  )
  const table = useTable({ features, columns, data: users, getRowId: rowId })

  return (
    <ScrollArea.Autosize
      className={classes['frame']}
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': text.listOf }}
    >
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover aria-label={text.listOf} aria-busy={isStale}>
        <Table.Thead className={classes['head']}>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <SortableHead key={header.id} id={header.column.id as ColumnName | 'name'} sort={view.sort} onSort={onSort}>
                  {String(header.column.columnDef.header)}
                </SortableHead>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody className={isStale ? classes['stale'] : undefined}>
          {table.getRowModel().rows.map((row) => (
            <Table.Tr
              key={row.id}
              className={classes['row']}
              data-open={row.original.id === view.user || undefined}
              aria-label={nameOf(row.original)}
              onClick={(event) => openRow(event, row.original.id, onOpen)}
            >
              {row.getAllCells().map((cell) => (
                <Table.Td key={cell.id} className={cell.column.id === 'name' ? undefined : classes['wide']}>
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}

const none: User[] = []
/** Several deleted users may have had the same id. */
const rowId = (user: User) => `${user.id} ${user.createdAt} ${user.deletedAt ?? ''}`

function openRow(event: MouseEvent<HTMLElement>, id: string, onOpen: (id: string) => void) {
  // What stands in the row and does something itself keeps its click; so does selected text.
  if ((event.target as HTMLElement).closest('a, button') || window.getSelection()?.toString()) return
  if (event.metaKey || event.ctrlKey) window.open(userHref(id), '_blank', 'noopener')
  else onOpen(id)
}

type HeadProps = { id: ColumnName | 'name'; sort: string; onSort: (sort: string) => void; children: string }

function SortableHead({ id, sort, onSort, children }: HeadProps) {
  const text = useText().users
  const order = orderOf[id]
  const className = id === 'name' ? undefined : classes['wide']
  if (!order) return <Table.Th className={className}>{children}</Table.Th>

  const direction = sort === order ? 'ascending' : sort === `-${order}` ? 'descending' : undefined
  const Icon = direction === 'ascending' ? IconArrowUp : direction === 'descending' ? IconArrowDown : IconArrowsSort
  return (
    <Table.Th className={className} aria-sort={direction ?? 'none'}>
      <UnstyledButton
        className={classes['sort']}
        onClick={() => onSort(direction === 'ascending' ? `-${order}` : order)}
        title={text.sortBy(children)}
      >
        {children}
        <Icon size={14} stroke={direction ? 2.4 : 1.4} opacity={direction ? 1 : 0.45} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  )
}

/** Rows to come, shown only when there has never been a list. */
export function UsersTableSkeleton() {
  const text = useText().users
  return (
    <div className={classes['frame']} role="status" aria-label={text.loading}>
      {Array.from({ length: 10 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ten lines that never change
        <Skeleton key={row} height={34} m="md" radius="sm" />
      ))}
    </div>
  )
}
