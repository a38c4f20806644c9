'use client'

import { Select, type SelectProps } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { type Bound, useBound } from '../ui/form-fields'

type Props<V extends FieldValues, C, O> = Bound<V, C, O, Omit<SelectProps, 'data' | 'onChange'>> & {
  /** The contract's number → how people call it. */
  choices: [value: number, label: string][]
}

/** One of the contract's numbers, by its name. */
export function CodedSelect<V extends FieldValues, C, O>({ form, name, choices, clearable = false, ...props }: Props<V, C, O>) {
  const { field, error } = useBound(form, name)
  return (
    <Select
      {...props}
      ref={field.ref}
      name={field.name}
      data={choices.map(([value, label]) => ({ value: String(value), label }))}
      value={field.value == null ? null : String(field.value)}
      onChange={(value) => field.onChange(value === null ? null : Number(value))}
      onBlur={field.onBlur}
      error={error}
      clearable={clearable}
      allowDeselect={clearable}
    />
  )
}
