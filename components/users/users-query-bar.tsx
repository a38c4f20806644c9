'use client'

import { Button, Group, Pill, Stack } from '@mantine/core'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { SearchField } from '../ui/search-field'
import { ColumnChooser } from './column-chooser'
import { UsersFilters } from './users-filters'
import { activeFilters, type FilterName, noFilters, type UsersView } from './users-view'

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
        <UsersFilters view={view} roles={roles} count={active.length} onChange={onChange} />
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
