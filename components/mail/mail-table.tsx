'use client'

import { ActionIcon, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table'
import { type MouseEvent, useMemo } from 'react'
import type { Mail } from '@/lib/mail/schema'
import type { Text as Catalogue } from '../text/en'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import { MailBadge } from './mail-badge'
import classes from './mail-table.module.css'

type Props = {
  mails: Mail[]
  /** Whether there is a mail server. */
  sendsMail: boolean
  openKey: number | undefined
  isStale: boolean
  onOpen: (key: number) => void
}

/** The server filters and pages; the table only lays out. */
const features = tableFeatures({})
const column = createColumnHelper<typeof features, Mail>()

/** The rows of the list; a click opens the drawer. On a phone they are cards, and the roles say that they are still rows. */
export function MailTable({ mails, sendsMail, openKey, isStale, onOpen }: Props) {
  const text = useText().mail
  const columns = useMemo(() => mailColumns(text, sendsMail), [text, sendsMail])
  const table = useTable({ features, columns, data: mails, getRowId: ({ key }) => String(key) })

  return (
    <div className={classes['place']}>
      <Table verticalSpacing={9} horizontalSpacing="sm" role="table" aria-busy={isStale} className={classes['table']}>
        <Table.Caption hidden>{text.title}</Table.Caption>
        <Table.Thead className={classes['head']} role="rowgroup">
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id} role="row">
              {group.headers.map(({ id }) => (
                <Table.Th key={id} role="columnheader">
                  {text.column[id as keyof Catalogue['mail']['column']]}
                </Table.Th>
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
              data-open={row.original.key === openKey || undefined}
              onClick={(event) => openRow(event, () => onOpen(row.original.key))}
            >
              {row.getAllCells().map((cell) => (
                <Table.Td key={cell.id} role="cell" data-column={cell.column.id}>
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
              <Table.Td role="cell" className={classes['details']}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={text.detailsOf(row.original.subject ?? text.unreadable)}
                  onClick={() => onOpen(row.original.key)}
                >
                  <IconLayoutSidebarRightExpand size={18} stroke={1.6} aria-hidden />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function mailColumns(text: Catalogue['mail'], sendsMail: boolean) {
  return [
    column.display({ id: 'subject', cell: ({ row }) => <Subject mail={row.original} text={text} /> }),
    column.display({ id: 'recipient', cell: ({ row }) => <span dir="ltr">{row.original.recipient}</span> }),
    column.display({ id: 'status', cell: ({ row }) => <MailBadge mail={row.original} sendsMail={sendsMail} /> }),
    column.display({ id: 'written', cell: ({ row }) => <RelativeTime at={Math.floor(row.original.createdAt / 1000)} /> }),
  ]
}

/** What it is about and, where it is not there yet, why. */
function Subject({ mail, text }: { mail: Mail; text: Catalogue['mail'] }) {
  const reason = mail.status === 'replaced' ? null : mail.lastError
  return (
    <>
      <Text span fw={600} size="sm" dir="auto" className={classes['subject']}>
        {mail.subject ?? text.unreadable}
      </Text>
      <Text size="xs" c="dimmed" className={classes['reason']}>
        {reason ?? text.events[mail.event as keyof Catalogue['mail']['events']] ?? mail.event}
      </Text>
    </>
  )
}

function openRow(event: MouseEvent<HTMLElement>, open: () => void) {
  // What stands in the row and does something itself keeps its click; so does selected text.
  if ((event.target as HTMLElement).closest('a, button') || window.getSelection()?.toString()) return
  open()
}

/** Rows to come, shown only when there has never been a list. */
export function MailTableSkeleton() {
  const text = useText().mail
  return (
    <div className={classes['skeleton']} role="status" aria-label={text.loading}>
      {Array.from({ length: 8 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: eight lines that never change
        <Skeleton key={row} height={34} m="sm" radius="sm" />
      ))}
    </div>
  )
}
