'use client'

import { ActionIcon, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

type Props = { label: string; hint: string; clear: string; value: string; onChange: (value: string) => void }

/** Sends what is typed when the typing pauses; `/` comes here from anywhere. */
export function SearchField({ label, hint, clear, value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const sent = useRef(value)
  const [typed, setTyped] = useState(value)
  const send = useDebouncedCallback((next: string) => {
    sent.current = next
    onChange(next)
  }, 250)
  // "Back" and "clear" change the search from outside; our own echo must not undo what was typed since.
  useEffect(() => {
    if (value !== sent.current) setTyped(value)
    sent.current = value
  }, [value])
  useHotkeys([['/', () => input.current?.focus()]])

  const change = (next: string) => {
    setTyped(next)
    send(next.trim())
  }
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={hint}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed ? (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={clear} onClick={() => change('')}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        ) : undefined
      }
      flex={1}
      miw={180}
      maw={420}
    />
  )
}
