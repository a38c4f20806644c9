'use client'

import { Input, PinInput } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { useText } from '../text/use-text'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  /** Called with the sixth digit. */
  onComplete: (code: string) => void
  error?: string | null
  isPending?: boolean
}

/** A one-time code in six boxes: typed, pasted or filled in by the device. After an error it begins anew. */
export function CodeInput({ label, value, onChange, onComplete, error, isPending }: Props) {
  const text = useText().signIn.code
  const id = useId()
  const first = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (error) first.current?.focus()
  }, [error])

  return (
    <div>
      <Input.Label labelElement="div" id={id} size="md" className="input-label">
        {label}
      </Input.Label>
      <PinInput
        ref={first}
        length={6}
        w="fit-content"
        type="number"
        size="lg"
        gap={8}
        placeholder=""
        value={value}
        onChange={onChange}
        onComplete={onComplete}
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
