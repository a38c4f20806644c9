'use client'

import { Select, type SelectProps } from '@mantine/core'
import { type FieldPath, type FieldValues, type UseFormReturn, useController } from 'react-hook-form'

type Props<V extends FieldValues, C, O> = {
  form: UseFormReturn<V, C, O>
  name: FieldPath<V>
  label: string
  description?: string | undefined
  inputWrapperOrder?: SelectProps['inputWrapperOrder']
  /** The contract's number → how people call it. */
  choices: [value: number, label: string][]
  clearable?: boolean
  disabled?: boolean
}

/** One of the contract's numbers, by its name. */
export function CodedSelect<V extends FieldValues, C, O>({ form, name, choices, clearable = false, ...props }: Props<V, C, O>) {
  const { field, fieldState } = useController({ control: form.control, name })
  return (
    <Select
      {...props}
      ref={field.ref}
      name={field.name}
      data={choices.map(([value, label]) => ({ value: String(value), label }))}
      value={field.value == null ? null : String(field.value)}
      onChange={(value) => field.onChange(value === null ? null : Number(value))}
      onBlur={field.onBlur}
      error={fieldState.error?.message}
      clearable={clearable}
      allowDeselect={clearable}
    />
  )
}
