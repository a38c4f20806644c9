'use client'

import { Alert, Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertCircle, IconUserSearch, IconUsers } from '@tabler/icons-react'
import { ReadFailure } from '../action-query'
import { useText } from '../text/use-text'
import { activeFilters, noFilters, type UsersView } from './users-view'

type Show = (changes: Partial<UsersView>) => void

/** No rows: nobody is there yet, or nobody matches. */
export function UsersEmpty({ view, mayAdd, onShow }: { view: UsersView; mayAdd: boolean; onShow: Show }) {
  const text = useText().users
  const isFiltered = activeFilters(view).length > 0
  const Icon = isFiltered ? IconUserSearch : IconUsers
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon variant="light" size={52} radius="xl" aria-hidden>
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} mt="xs">
        {isFiltered ? text.empty.nothing : text.empty.none}
      </Title>
      <Text c="dimmed" maw={460}>
        {isFiltered ? text.empty.nothingHint : text.empty.noneHint}
      </Text>
      <Group mt="sm" justify="center">
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

/** Why there is no list, with what to do: ask for the right, begin at the first page, or try again. */
export function UsersFailure({
  error,
  view,
  onRetry,
  onShow,
}: {
  error: Error
  view: UsersView
  onRetry: () => void
  onShow: Show
}) {
  const { users: text, errors } = useText()
  const failure = error instanceof ReadFailure ? error.failure : null
  const isForbidden = failure?.code === 'SERVICE_FORBIDDEN'
  const isSignedOut = failure?.code === 'MISSING_KS'
  const message = isForbidden ? text.empty.forbidden : isSignedOut ? errors.sessionOver : (failure?.message ?? errors.unreachable)
  return (
    <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={text.empty.failed} mb="md" flex="none">
      <Text size="sm">{message}</Text>
      {failure && (
        <Text size="xs" ff="monospace" mt={4}>
          {errors.requestId(failure.requestId)}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        {!isForbidden && (
          <Button variant="default" size="xs" onClick={onRetry}>
            {errors.retry}
          </Button>
        )}
        {!isForbidden && view.cursor && (
          <Button variant="default" size="xs" onClick={() => onShow({ cursor: undefined })}>
            {text.firstPage}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
