'use client'

import { Input, PinInput } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { useText } from '../text/use-text'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  /** Called with the sixth digit, and with every code that is pasted. */
  onComplete: (code: string) => void
  error?: string | null
  isPending?: boolean
}

const length = 6

/** A one-time code in six boxes: typed, pasted or filled in by the device. After an error it begins anew. */
export function CodeInput({ label, value, onChange, onComplete, error, isPending }: Props) {
  const text = useText().signIn.code
  const id = useId()
  const first = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (error) first.current?.focus()
  }, [error])

  // Mantine's own onComplete comes once for a code, also where the one before was refused and cleared from outside.
  const change = (next: string) => {
    onChange(next)
    if (next.length === length && !isOverwritten(value, next)) onComplete(next)
  }

  return (
    <div>
      <Input.Label labelElement="div" id={id} size="md" className="input-label">
        {label}
      </Input.Label>
      <PinInput
        ref={first}
        length={length}
        w="fit-content"
        type="number"
        size="lg"
        gap={8}
        placeholder=""
        value={value}
        onChange={change}
        error={Boolean(error)}
        readOnly={isPending}
        autoFocus
        aria-labelledby={id}
        getInputProps={(index) => ({
          'aria-label': text.digit(index + 1),
          'aria-invalid': Boolean(error),
          autoComplete: index === 0 ? 'one-time-code' : 'off',
        })}
      />
      <div role="alert">
        {error && (
          <Input.Error mt="xs" size="md" className="input-error">
            {error}
          </Input.Error>
        )}
      </div>
    </div>
  )
}

/** Whether one digit of a whole code has given way to another: more of them may follow. */
function isOverwritten(before: string, after: string) {
  return before.length === length && [...after].filter((digit, place) => digit !== before[place]).length === 1
}
