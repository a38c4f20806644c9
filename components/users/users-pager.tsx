'use client'

import { ActionIcon, Group, Select, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { UserListResponse } from '@/lib/user/schema'
import { useText } from '../text/use-text'
import classes from './users-list.module.css'
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
        <Turn
          label={text.previous}
          Icon={IconChevronLeft}
          isPossible={Boolean(list.previousCursor)}
          onClick={() => onShow({ cursor: list.previousCursor ?? undefined })}
        />
        <Turn
          label={text.next}
          Icon={IconChevronRight}
          isPossible={Boolean(list.nextCursor)}
          onClick={() => onShow({ cursor: list.nextCursor ?? undefined })}
        />
      </Group>
    </Group>
  )
}

type TurnProps = { label: string; Icon: typeof IconChevronLeft; isPossible: boolean; onClick: () => void }

/** Stays focusable at the ends, so that the keyboard does not lose its place on the last page. */
function Turn({ label, Icon, isPossible, onClick }: TurnProps) {
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={label}
      aria-disabled={!isPossible}
      data-disabled={!isPossible || undefined}
      onClick={() => isPossible && onClick()}
    >
      <Icon size={18} className={classes['turns']} aria-hidden />
    </ActionIcon>
  )
}
