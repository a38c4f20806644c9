'use client'

import { Alert, Badge, Button, Group, Loader, Paper, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@/lib/audit/schema'
import { readAction } from '../action-query'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'

type Page = { objects: AuditEntry[]; hasMore: boolean }

/** What happened to a person, newest first: who did it, and each field before and after. */
export function UserActivity({ userId }: { userId: string }) {
  const text = useText().users
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['audit', 'list', userId] as const,
    queryFn: ({ pageParam, signal }) => readAction<Page>('audit', 'list', { filter: { userId }, beforeKey: pageParam }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.hasMore ? page.objects.at(-1)?.key : undefined),
  })
  const entries = data?.pages.flatMap((page) => page.objects) ?? []

  if (error)
    return (
      <Alert color="red" role="alert" title={text.empty.failed}>
        {error.message}
      </Alert>
    )
  if (isPending) return <Loader aria-label={text.loading} />
  if (entries.length === 0) return <Text c="dimmed">{text.activityList.none}</Text>
  return (
    <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
      {entries.map((entry) => (
        <Entry key={entry.key} entry={entry} />
      ))}
      {hasNextPage && (
        <Group component="li" justify="center">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {text.activityList.more}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const text = useText().users.activityList
  const actor = entry.actorKind === 'user' ? entry.actorId || text.actors.program : text.actors[entry.actorKind]
  return (
    <Paper component="li" withBorder p="md" radius="lg">
      <Group justify="space-between" gap="xs">
        <Group gap={6}>
          <Text fw={600}>{text.did[entry.action] ?? entry.action}</Text>
          <Text size="sm" c="dimmed">
            {text.by(actor)}
          </Text>
          {entry.result !== 'OK' && <Badge color="red">{text.refused(entry.result)}</Badge>}
        </Group>
        <Text size="sm" c="dimmed" component="div">
          <RelativeTime at={Math.floor(entry.at / 1000)} />
        </Text>
      </Group>
      {entry.reason && (
        <Text size="sm" mt={4} dir="auto">
          {entry.reason}
        </Text>
      )}
      <Changes entry={entry} />
      <Text size="xs" c="dimmed" mt="xs">
        {[entry.origin, entry.address && text.from(entry.address), text.request(entry.requestId)].filter(Boolean).join(' · ')}
      </Text>
    </Paper>
  )
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { users: text } = useText()
  const labels: Record<string, string> = text.field
  const changes = Object.entries(entry.changes).filter(([, change]) => shown(change.before) !== shown(change.after))
  if (changes.length === 0) return null
  return (
    <Table.ScrollContainer minWidth={320} mt="xs">
      <Table verticalSpacing={4} horizontalSpacing="xs" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="28%">{text.activityList.field}</Table.Th>
            <Table.Th>{text.activityList.was}</Table.Th>
            <Table.Th>{text.activityList.is}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(([field, { before, after }]) => (
            <Table.Tr key={field}>
              <Table.Td>{labels[field] ?? field}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }} dir="auto">
                {shown(before) || '–'}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }} dir="auto">
                {shown(after) || '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function shown(value: unknown) {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
