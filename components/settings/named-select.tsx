'use client'

import { Select, type SelectProps } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { type Bound, useBound } from '../ui/form-fields'

type Props<V extends FieldValues, C, O> = Bound<V, C, O, Omit<SelectProps, 'data' | 'onChange'>> & {
  /** The contract's word → how people call it. */
  choices: Record<string, string>
}

/** One of the contract's words, by its name. */
export function NamedSelect<V extends FieldValues, C, O>({ form, name, choices, ...props }: Props<V, C, O>) {
  const { field, error } = useBound(form, name)
  return (
    <Select
      {...props}
      {...field}
      value={String(field.value)}
      data={Object.entries(choices).map(([value, label]) => ({ value, label }))}
      allowDeselect={false}
      error={error}
    />
  )
}
