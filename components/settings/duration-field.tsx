'use client'

import { Group, NumberInput, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useText } from '../text/use-text'
import { type Bound, useBound } from '../ui/form-fields'
import { isWithin } from './is-within'
import { exactUnit, type Unit, unitSeconds } from './units'

type Span = {
  label: string
  description?: string
  /** What people think in here, as long as the value is a whole number of it. */
  usual: Unit
  /** In the unit that is shown. */
  min?: number
  /** Seconds. */
  max: number
}

/**
 * A span of time that the form keeps in seconds, in a unit that can be chosen. What is no whole number of it stays in the form as it was
 * typed, a text, which the schema refuses.
 */
export function DurationField<V extends FieldValues, C, O>({
  form,
  name,
  label,
  description,
  usual,
  min = 0,
  max,
}: Bound<V, C, O, Span>) {
  const text = useText().settings
  const { field, error } = useBound(form, name)
  const { value, onChange, ...rest } = field
  const seconds = typeof value === 'number' ? value : null
  const [chosen, setChosen] = useState<Unit | null>(null)
  // What comes from elsewhere may be no whole number of the unit that was chosen.
  const unit = exactUnit(seconds ?? 0, chosen ?? usual)
  const shown = seconds === null ? String(value ?? '') : seconds / unitSeconds[unit]
  const most = Math.floor(max / unitSeconds[unit])

  const inUnit = (input: ReactNode) => (
    <Group gap="xs" align="baseline" wrap="nowrap">
      {input}
      <Select
        aria-label={text.unitOf(label)}
        data={Object.entries(text.units).map(([name, title]) => ({ value: name, label: title }))}
        value={unit}
        allowDeselect={false}
        w={130}
        onChange={(next) => {
          const wanted = next as Unit
          setChosen(wanted)
          if (seconds !== null) onChange((seconds / unitSeconds[unit]) * unitSeconds[wanted])
        }}
      />
    </Group>
  )

  return (
    <NumberInput
      label={label}
      description={description}
      clampBehavior="none"
      min={min}
      max={most}
      styles={{ wrapper: { maxInlineSize: 140 } }}
      inputContainer={inUnit}
      {...rest}
      value={shown}
      onChange={(typed) => {
        setChosen(unit)
        onChange(Number.isInteger(typed) ? Number(typed) * unitSeconds[unit] : String(typed))
      }}
      error={error && (isWithin(shown, min, most) ? error : text.bounds(min, most, text.units[unit]))}
    />
  )
}
