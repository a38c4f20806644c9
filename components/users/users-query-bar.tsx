'use client'

import {
  Badge,
  Box,
  Button,
  Checkbox,
  Group,
  Pill,
  Popover,
  Select,
  type SelectProps,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconColumns3 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { SearchField } from '../ui/search-field'
import {
  activeFilters,
  type ColumnName,
  defaultColumns,
  type FilterName,
  noFilters,
  optionalColumns,
  orderOf,
  type UsersView,
} from './users-view'

type Props = { view: UsersView; roles: UserRole[]; onChange: (changes: Partial<UsersView>) => void }

/** Search, filters as chips, and which columns to show. */
export function UsersQueryBar({ view, roles, onChange }: Props) {
  const text = useText().users
  const active = activeFilters(view).filter((name) => name !== 'q')
  return (
    <Stack gap="xs" mb="md">
      <Group gap="xs" wrap="nowrap">
        <SearchField
          label={text.search}
          hint={text.searchHint}
          clear={text.clearSearch}
          value={view.q ?? ''}
          onChange={(q) => onChange({ q: q || undefined })}
        />
        <Filters view={view} roles={roles} count={active.length} onChange={onChange} />
        <ColumnChooser columns={view.columns} onChange={(columns) => onChange({ columns })} />
      </Group>
      {active.length > 0 && (
        <Group gap={6}>
          {active.map((name) => {
            const label = `${text.filter[name]}: ${shownValue(text, name, view, roles)}`
            return (
              <Pill
                key={name}
                size="md"
                withRemoveButton
                onRemove={() => onChange({ [name]: undefined })}
                removeButtonProps={{ 'aria-label': text.removeFilter(label), tabIndex: 0, 'aria-hidden': false }}
              >
                {label}
              </Pill>
            )
          })}
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(noFilters)}>
            {text.clearAll}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Filters({ view, roles, count, onChange }: Props & { count: number }) {
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

function ColumnChooser({ columns, onChange }: { columns: ColumnName[]; onChange: (columns: ColumnName[]) => void }) {
  const text = useText().users
  const set = (chosen: string[]) => onChange(optionalColumns.filter((name) => chosen.includes(name)))
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />} visibleFrom="sm">
          {text.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.columns}>
        <Checkbox.Group label={text.columnsOf} value={columns} onChange={set}>
          <Stack gap="xs" mt="xs">
            {optionalColumns.map((name) => (
              <Checkbox key={name} value={name} label={text.column[name]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => onChange(defaultColumns)}>
          {text.standardColumns}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function shownValue(text: ReturnType<typeof useText>['users'], name: FilterName, view: UsersView, roles: UserRole[]) {
  const value = String(view[name] ?? '')
  const words: Partial<Record<FilterName, Record<string, string>>> = {
    status: text.statuses,
    login: text.logins,
    type: text.types,
    admin: text.admins,
    created: text.ages,
    signedIn: text.signIns,
  }
  if (name === 'role') return roles.find((role) => String(role.id) === value)?.name ?? value
  return words[name]?.[value] ?? value
}
