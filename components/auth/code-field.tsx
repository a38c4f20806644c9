'use client'

import type { TextInputProps } from '@mantine/core'
import type { FieldValues } from 'react-hook-form'
import { type Bound, TextField } from '../ui/form-fields'

/** A one-time code or a backup code in one field. */
export function CodeField<V extends FieldValues, C, O>(props: Bound<V, C, O, TextInputProps>) {
  return <TextField autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} maxLength={30} dir="ltr" {...props} />
}
