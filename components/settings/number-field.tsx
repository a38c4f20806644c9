'use client'

import { NumberInput, type NumberInputProps } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { type Bound, useBound } from '../ui/form-fields'

type Props<V extends FieldValues, C, O> = Bound<V, C, O, Omit<NumberInputProps, 'onChange'>>

/** A whole number. */
export function NumberField<V extends FieldValues, C, O>({ form, name, ...props }: Props<V, C, O>) {
  const { field, error } = useBound(form, name)
  const { value, onChange, ...rest } = field
  return (
    <NumberInput
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      styles={{ wrapper: { maxInlineSize: 140 } }}
      {...props}
      {...rest}
      value={typeof value === 'number' ? value : ''}
      onChange={(shown) => onChange(typeof shown === 'number' ? shown : undefined)}
      error={error}
    />
  )
}
