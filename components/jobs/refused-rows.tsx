'use client'

import { Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { BulkResultListResponse } from '@/lib/bulk-upload/schema'
import type { Job } from '@/lib/jobs/schema'
import { readHref } from '../action-query'
import { useText } from '../text/use-text'
import { CardsTable } from './cards-table'
import { refusedQuery, refusedShown } from './jobs-query'
import classes from './jobs-table.module.css'

const columns = ['row', 'user', 'code', 'reason'] as const

/** The first rows that an import refused, each with the reason, and the file of all of them. */
export function RefusedRows({ job }: { job: Job }) {
  const text = useText().jobs.refused
  const { data } = useQuery(refusedQuery(job))
  if (!data || data.objects.length === 0) return null
  return (
    <Stack component="section" aria-labelledby="refused-rows" gap="sm" w="100%">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={2} size="h4" id="refused-rows">
            {text.title}
          </Title>
          <Text size="sm" c="dimmed" mt={2}>
            {job.failedRows > refusedShown ? text.first(refusedShown, job.failedRows) : text.all(job.failedRows)}
            {job.hasFile && ` ${text.hint}`}
          </Text>
        </div>
        {job.hasFile && (
          // Not a link of the router: what comes is a file, not a page.
          <Button
            component="a"
            href={readHref('bulkupload_bulk', 'serveRefused', { id: job.id })}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {text.download}
          </Button>
        )}
      </Group>
      <RowsTable rows={data.objects} />
    </Stack>
  )
}

function RowsTable({ rows }: { rows: BulkResultListResponse['objects'] }) {
  const text = useText().jobs.refused
  return (
    <CardsTable caption={text.title} columns={columns} heads={text.column}>
      {rows.map(({ line, userId, errorCode, error }) => (
        <Table.Tr key={line} role="row" className={classes['row']}>
          <Table.Td role="cell" data-column="row">
            <span className={classes['onCard']}>{text.column.row} </span>
            {line}
          </Table.Td>
          <Table.Td role="cell" data-column="user" dir="auto">
            {userId || '–'}
          </Table.Td>
          <Table.Td role="cell" data-column="code">
            {errorCode && <Code>{errorCode}</Code>}
          </Table.Td>
          <Table.Td role="cell" data-column="reason" dir="auto">
            {error}
          </Table.Td>
        </Table.Tr>
      ))}
    </CardsTable>
  )
}
