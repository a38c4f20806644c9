'use client'

import { Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconUserSearch, IconUsers } from '@tabler/icons-react'
import { useText } from '../text/use-text'
import { LoadFailure } from '../ui/load-failure'
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
  const text = useText().users
  return (
    <LoadFailure error={error} title={text.empty.failed} forbidden={text.empty.forbidden} onRetry={onRetry}>
      {view.cursor && (
        <Button variant="default" size="xs" onClick={() => onShow({ cursor: undefined })}>
          {text.firstPage}
        </Button>
      )}
    </LoadFailure>
  )
}
