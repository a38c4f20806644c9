'use client'

import { Group, Select, Text } from '@mantine/core'
import type { UserListResponse } from '@/lib/user/schema'
import { useText } from '../text/use-text'
import { PageTurn } from '../ui/page-turn'
import { pageSizes, type UsersView } from './users-view'

type Props = { view: UsersView; list: UserListResponse; onShow: (changes: Partial<UsersView>) => void }

/** How many rows, and the pages before and behind; without numbers, as a page by cursor has none. */
export function UsersPager({ view, list, onShow }: Props) {
  const text = useText().users
  return (
    <Group component="nav" aria-label={text.pages} justify="space-between" pt="sm" gap="sm">
      <Group gap="xs">
        <Text span size="sm" c="dimmed" aria-hidden>
          {text.pageSize}
        </Text>
        <Select
          aria-label={text.pageSizeOf}
          size="xs"
          w={76}
          data={pageSizes.map(String)}
          value={String(view.size)}
          allowDeselect={false}
          onChange={(size) => onShow({ size: Number(size) })}
        />
      </Group>
      <Group gap="xs">
        <PageTurn
          to="previous"
          label={text.previous}
          isPossible={Boolean(list.previousCursor)}
          onClick={() => onShow({ cursor: list.previousCursor ?? undefined })}
        />
        <PageTurn
          to="next"
          label={text.next}
          isPossible={Boolean(list.nextCursor)}
          onClick={() => onShow({ cursor: list.nextCursor ?? undefined })}
        />
      </Group>
    </Group>
  )
}
