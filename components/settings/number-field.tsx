'use client'

import { NumberInput, type NumberInputProps } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { type Bound, useBound } from '../ui/form-fields'

type Props<V extends FieldValues, C, O> = Bound<V, C, O, Omit<NumberInputProps, 'onChange'>> & {
  /** How many of the form's units one of the shown is: 60 for seconds that are shown as minutes. */
  unit?: number
}

/** A whole number, shown in the unit that people think in. */
export function NumberField<V extends FieldValues, C, O>({ form, name, unit = 1, ...props }: Props<V, C, O>) {
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
      value={typeof value === 'number' ? Math.round(value / unit) : ''}
      onChange={(shown) => onChange(typeof shown === 'number' ? shown * unit : undefined)}
      error={error}
    />
  )
}
