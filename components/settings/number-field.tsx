'use client'

import { NumberInput, type NumberInputProps } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { useText } from '../text/use-text'
import { type Bound, useBound } from '../ui/form-fields'
import { isWithin } from './is-within'

type Whole = Omit<NumberInputProps, 'onChange'> & { min?: number; max: number }

/** A whole number. Whatever is typed stays, so that a refusal is about what people see; it names the bounds. */
export function NumberField<V extends FieldValues, C, O>({ form, name, min = 0, max, ...props }: Bound<V, C, O, Whole>) {
  const text = useText().settings
  const { field, error } = useBound(form, name)
  return (
    <NumberInput
      clampBehavior="none"
      styles={{ wrapper: { maxInlineSize: 140 } }}
      {...props}
      {...field}
      min={min}
      max={max}
      value={field.value ?? ''}
      error={error && (isWithin(field.value, min, max) ? error : text.bounds(min, max))}
    />
  )
}
