'use client'

import { Button, Loader, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@/lib/audit/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { readAction } from '../action-query'
import { useText } from '../text/use-text'
import { LoadFailure } from '../ui/load-failure'
import { ActivityEntry } from './activity-entry'
import classes from './user-activity.module.css'

type Page = { objects: AuditEntry[]; hasMore: boolean }

/** What happened to a person, newest first: who did it, and each field before and after. */
export function UserActivity({ userId, roles }: { userId: string; roles: UserRole[] }) {
  const { users: text } = useText()
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery({
    queryKey: ['audit', 'list', userId] as const,
    queryFn: ({ pageParam, signal }) =>
      readAction<Page>('audit', 'list', { filter: { userId }, beforeKey: pageParam }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.hasMore ? page.objects.at(-1)?.key : undefined),
    // Signing in is not an action of this page, so nothing tells when there is more.
    staleTime: 0,
  })
  const entries = data?.pages.flatMap((page) => page.objects) ?? []
  const roleNames = new Map(roles.map((role) => [String(role.id), role.name]))

  if (error) return <LoadFailure error={error} title={text.activityList.failed} onRetry={() => void refetch()} />
  if (isPending) return <Loader aria-label={text.activityList.loading} />
  if (entries.length === 0) return <Text c="dimmed">{text.activityList.none}</Text>
  return (
    <>
      <ol className={classes['list']}>
        {entries.map((entry) => (
          <ActivityEntry key={entry.key} entry={entry} roleNames={roleNames} />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text.activityList.more}
        </Button>
      )}
    </>
  )
}
