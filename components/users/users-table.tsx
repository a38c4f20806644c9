'use client'

import { ActionIcon, Skeleton, Table, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { useTable } from '@tanstack/react-table'
import { type MouseEvent, useMemo } from 'react'
import type { User } from '@/lib/user/schema'
import { useText } from '../text/use-text'
import { nameOf, userHref } from './user-name'
import { features, usersColumns } from './users-columns'
import classes from './users-table.module.css'
import { type ColumnName, orderOf, type UsersView } from './users-view'

type Props = {
  view: UsersView
  users: User[]
  isStale: boolean
  meId: string
  onSort: (sort: string) => void
  onOpen: (id: string) => void
}

/**
 * The rows of the list. A click opens the drawer, the name leads to the page, with a modifier in a tab of its own. On a phone the rows
 * are cards, which takes the table's meaning away in the browser's eyes: the roles give it back.
 */
export function UsersTable({ view, users, isStale, meId, onSort, onOpen }: Props) {
  const text = useText().users
  const columns = useMemo(
    () =>
      usersColumns({ search: view.q, meId, text }).filter(({ id }) => id === 'name' || view.columns.includes(id as ColumnName)),
    [view.q, view.columns, meId, text],
  )
  const table = useTable({ features, columns, data: users, getRowId: rowId })

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable without a mouse
    <section className={classes['frame']} tabIndex={0} aria-label={text.listOf}>
      <Table className={classes['table']} verticalSpacing={7} horizontalSpacing={8} role="table" aria-busy={isStale}>
        <Table.Caption hidden>{text.title}</Table.Caption>
        <Table.Thead className={classes['head']} role="rowgroup">
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id} role="row">
              {group.headers.map((header) => (
                <Head key={header.id} id={header.column.id as ColumnName | 'name'} sort={view.sort} onSort={onSort} />
              ))}
              <Table.Th role="columnheader">
                <VisuallyHidden>{text.details}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody className={isStale ? classes['stale'] : undefined} role="rowgroup">
          {table.getRowModel().rows.map((row) => (
            <Table.Tr
              key={row.id}
              role="row"
              className={classes['row']}
              data-open={row.original.id === view.user || undefined}
              onClick={(event) => openRow(event, row.original.id, onOpen)}
            >
              {row.getAllCells().map((cell) => (
                <Table.Td key={cell.id} role="cell" className={cellClass(cell.column.id)} data-column={cell.column.id}>
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
              <Table.Td role="cell" className={classes['details']}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={text.detailsOf(nameOf(row.original))}
                  onClick={() => onOpen(row.original.id)}
                >
                  <IconLayoutSidebarRightExpand size={18} stroke={1.6} aria-hidden />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

/** Several deleted users may have had the same id. */
const rowId = (user: User) => `${user.id} ${user.createdAt} ${user.deletedAt ?? ''}`

const cellClass = (id: string) => (id === 'name' ? `${classes['sticky']} ${classes['first']}` : undefined)

function openRow(event: MouseEvent<HTMLElement>, id: string, onOpen: (id: string) => void) {
  // What stands in the row and does something itself keeps its click; so does selected text.
  if ((event.target as HTMLElement).closest('a, button') || window.getSelection()?.toString()) return
  if (event.metaKey || event.ctrlKey) window.open(userHref(id), '_blank', 'noopener')
  else onOpen(id)
}

type HeadProps = { id: ColumnName | 'name'; sort: string; onSort: (sort: string) => void }

function Head({ id, sort, onSort }: HeadProps) {
  const text = useText().users
  const order = id in orderOf ? orderOf[id as keyof typeof orderOf] : null
  const className = id === 'name' ? classes['sticky'] : undefined
  const label = text.column[id]
  if (!order)
    return (
      <Table.Th role="columnheader" className={className}>
        {label}
      </Table.Th>
    )

  const direction = sort === order ? 'ascending' : sort === `-${order}` ? 'descending' : 'none'
  const Icon = { ascending: IconArrowUp, descending: IconArrowDown, none: null }[direction]
  return (
    <Table.Th role="columnheader" className={className} aria-sort={direction}>
      <UnstyledButton
        className={classes['sort']}
        onClick={() => onSort(direction === firstDirection(order) ? opposite(sort) : firstSort(order))}
      >
        {label}
        {Icon && <Icon size={14} stroke={2.2} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  )
}

/** Times begin with the newest, words with A. */
const isTime = (order: string) => order.endsWith('At') || order.endsWith('Time')
const firstDirection = (order: string) => (isTime(order) ? 'descending' : 'ascending')
const firstSort = (order: string) => (isTime(order) ? `-${order}` : order)
const opposite = (sort: string) => (sort.startsWith('-') ? sort.slice(1) : `-${sort}`)

/** Rows to come, shown only when there has never been a list. */
export function UsersTableSkeleton() {
  const text = useText().users
  return (
    <div className={classes['frame']} role="status" aria-label={text.loading}>
      {Array.from({ length: 12 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: twelve lines that never change
        <Skeleton key={row} height={26} m="sm" radius="sm" />
      ))}
    </div>
  )
}
