'use client'

import { Badge, Box, Button, Group, Popover, Select, type SelectProps, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { type FilterName, orderOf, type UsersView } from './users-view'

type Props = {
  view: UsersView
  roles: UserRole[]
  /** How many are chosen. */
  count: number
  onChange: (changes: Partial<UsersView>) => void
}

/** What the list can be narrowed by, in a panel; on a phone also its order. */
export function UsersFilters({ view, roles, count, onChange }: Props) {
  const text = useText().users
  // Escape closes the choices first, then the panel.
  const [isChoosing, setChoosing] = useState(false)
  const dropdown = { onDropdownOpen: () => setChoosing(true), onDropdownClose: () => setChoosing(false) }
  const choose = (name: FilterName, choices: Record<string, string>, others: Partial<UsersView> = {}) => (
    <Select
      label={text.filter[name]}
      placeholder={text.any}
      data={Object.entries(choices).map(([value, label]) => ({ value, label }))}
      value={view[name] ?? null}
      onChange={(value) => onChange({ ...others, [name]: value ?? undefined })}
      clearable
      comboboxProps={{ withinPortal: false }}
      {...dropdown}
    />
  )
  const date = (name: DateName) => (
    <DateFilter
      label={text.filter[name]}
      value={view[name]}
      onChange={(day) => onChange({ [name]: day, [name.replace(/From|To/, '')]: undefined })}
    />
  )
  // On a phone the panel is longer than the screen: it must stay when its button is scrolled away.
  return (
    <Popover
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      hideDetached={false}
      closeOnEscape={!isChoosing}
      width="min(92vw, 620px)"
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          rightSection={count > 0 ? <Badge size="sm">{count}</Badge> : undefined}
        >
          {text.filters}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.filters}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {choose('status', text.statuses)}
          {choose('login', text.logins)}
          {choose('role', Object.fromEntries(roles.map((role) => [String(role.id), role.name])))}
          {choose('type', text.types)}
          {choose('admin', text.admins)}
          <Box visibleFrom="xs" />
          {choose('signedIn', text.signIns, { signedInFrom: undefined, signedInTo: undefined })}
          {choose('created', text.ages, { createdFrom: undefined, createdTo: undefined })}
          <Group grow gap="xs" wrap="nowrap">
            {date('signedInFrom')}
            {date('signedInTo')}
          </Group>
          <Group grow gap="xs" wrap="nowrap">
            {date('createdFrom')}
            {date('createdTo')}
          </Group>
          <Box hiddenFrom="sm">
            <SortChoice sort={view.sort} onChange={(sort) => onChange({ sort })} dropdown={dropdown} />
          </Box>
        </SimpleGrid>
        <Text size="xs" c="dimmed" mt="sm">
          {text.dates}
        </Text>
      </Popover.Dropdown>
    </Popover>
  )
}

type DateName = 'createdFrom' | 'createdTo' | 'signedInFrom' | 'signedInTo'

/** A day; a year that is being typed is many days on the way, so the address waits for a pause. */
function DateFilter({
  label,
  value = '',
  onChange,
}: {
  label: string
  value?: string
  onChange: (day: string | undefined) => void
}) {
  const [typed, setTyped] = useState(value)
  const send = useDebouncedCallback((day: string) => onChange(day || undefined), 500)
  useEffect(() => setTyped(value), [value])
  return (
    <TextInput
      type="date"
      label={label}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        send(event.currentTarget.value)
      }}
    />
  )
}

type SortProps = {
  sort: string
  onChange: (sort: string) => void
  dropdown: Pick<SelectProps, 'onDropdownOpen' | 'onDropdownClose'>
}

/** Cards have no header to sort by. */
function SortChoice({ sort, onChange, dropdown }: SortProps) {
  const text = useText().users
  const choices = Object.entries(orderOf).flatMap(([name, order]) => {
    const label = text.column[name as keyof typeof orderOf]
    return [
      { value: order as string, label: text.ascending(label) },
      { value: `-${order}`, label: text.descending(label) },
    ]
  })
  return (
    <Select
      label={text.sort}
      data={choices}
      value={sort}
      allowDeselect={false}
      onChange={(value) => value && onChange(value)}
      comboboxProps={{ withinPortal: false }}
      {...dropdown}
    />
  )
}
