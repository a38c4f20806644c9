'use client'

import { Anchor, Button, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import type { Result } from '@/lib/action/result'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'

/** Milliseconds after which a link may be sent once more. */
export const sendAgainAfter = 60_000

type Props = {
  /** To whom it goes, if anybody. */
  said: string
  hint: string
  /** Epoch milliseconds. */
  sentAt: number
  /** Sends it once more. */
  send: () => Promise<Result<null>>
  onSentAgain?: () => void
  /** Where there is no form to go back to, there is the page of one. */
  onOther?: () => void
}

/** After a link was asked for, whether or not anybody gets it: where to look, and once more after a minute. */
export function LinkSent({ said, hint, sentAt, send, onSentAgain, onOther }: Props) {
  const text = useText().recovery.forgot
  const heading = useRef<HTMLHeadingElement>(null)
  const [againAt, setAgainAt] = useState<number | null>(null)
  const left = useSecondsUntil((againAt ?? sentAt) + sendAgainAfter)
  const { run, isPending } = useServerAction<void, null>(send, {
    onSuccess: () => {
      setAgainAt(Date.now())
      onSentAgain?.()
    },
  })

  // The button that had the focus is gone: whoever listens hears the new heading.
  useEffect(() => heading.current?.focus(), [])

  return (
    <Stack gap="md">
      <div>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {text.sentTitle}
        </Title>
        <Text c="dimmed" mt={6}>
          {said}
        </Text>
        <Text c="dimmed" mt="xs">
          {hint}
        </Text>
      </div>
      {/* It keeps the focus while it waits, which a disabled button would lose. */}
      <Button
        variant="default"
        size="md"
        loading={isPending}
        aria-disabled={left > 0}
        data-disabled={left > 0 || undefined}
        onClick={() => left === 0 && void run()}
      >
        {left > 0 ? text.againIn(left) : text.again}
      </Button>
      <VisuallyHidden aria-live="polite">{left === 0 ? text.mayAgain : againAt === null ? '' : text.sentAgain}</VisuallyHidden>
      <Stack gap="xs" align="center">
        {onOther ? (
          <Anchor component="button" type="button" onClick={onOther} size="sm">
            {text.other}
          </Anchor>
        ) : (
          <Anchor component={Link} href="/forgot" size="sm">
            {text.other}
          </Anchor>
        )}
        <Anchor component={Link} href="/sign-in" size="sm">
          {text.back}
        </Anchor>
      </Stack>
    </Stack>
  )
}

/** Whole seconds until then. Goes by the clock, as sleeping tabs stand still. */
function useSecondsUntil(end: number) {
  const [left, setLeft] = useState(() => secondsUntil(end))
  useEffect(() => {
    const tick = () => setLeft(secondsUntil(end))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [end])
  return left
}

const secondsUntil = (end: number) => Math.max(0, Math.ceil((end - Date.now()) / 1000))
