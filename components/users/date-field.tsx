'use client'

import { TextInput, type TextInputProps } from '@mantine/core'
import { type FieldPath, type FieldValues, type UseFormReturn, useController } from 'react-hook-form'

type Props<V extends FieldValues, C, O> = { form: UseFormReturn<V, C, O>; name: FieldPath<V>; label: string } & Pick<
  TextInputProps,
  'description' | 'inputWrapperOrder'
>

/** A calendar date; the value is epoch seconds at 00:00 UTC, null when empty. */
export function DateField<V extends FieldValues, C, O>({ form, name, ...props }: Props<V, C, O>) {
  const { field, fieldState } = useController({ control: form.control, name })
  const shown = field.value == null ? '' : new Date(Number(field.value) * 1000).toISOString().slice(0, 10)
  return (
    <TextInput
      type="date"
      {...props}
      ref={field.ref}
      name={field.name}
      value={shown}
      onChange={(event) =>
        field.onChange(event.currentTarget.value ? Date.parse(`${event.currentTarget.value}T00:00:00Z`) / 1000 : null)
      }
      onBlur={field.onBlur}
      error={fieldState.error?.message}
    />
  )
}
