'use client'

import { MultiSelect, type MultiSelectProps, Text } from '@mantine/core'
import { useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import type { UserRole } from '@/lib/user-role/schema'
import { type Bound, useBound } from '../ui/form-fields'

type Props<V extends FieldValues, C, O> = Bound<V, C, O, Omit<MultiSelectProps, 'data' | 'onChange'>> & { roles: UserRole[] }

/** Roles by name; the value is the contract's comma-separated list of ids. */
export function RolesSelect<V extends FieldValues, C, O>({ form, name, roles, ...props }: Props<V, C, O>) {
  const { field, error } = useBound(form, name)
  const [isOpen, setOpen] = useState(false)
  const chosen = String(field.value ?? '')
    .split(',')
    .filter(Boolean)
  const known = roles.map((role) => ({ value: String(role.id), label: role.name }))
  const unknown = chosen.filter((id) => !known.some((role) => role.value === id)).map((id) => ({ value: id, label: id }))
  return (
    <MultiSelect
      {...props}
      ref={field.ref}
      name={field.name}
      data={[...known, ...unknown]}
      value={chosen}
      onChange={(ids) => field.onChange(ids.join(','))}
      onBlur={field.onBlur}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onKeyDown={(event) => {
        // To the browser this is a line of text, where Enter sends the form.
        if (event.key !== 'Enter') return
        event.preventDefault()
        setOpen(true)
      }}
      error={error}
      clearable
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {roles.find((role) => String(role.id) === option.value)?.description}
          </Text>
        </div>
      )}
    />
  )
}
