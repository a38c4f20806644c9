'use client'

import { Anchor, Button, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { resetPassword } from '@/lib/user/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'

const pause = 60

/** After a link was asked for, whether or not anybody has the address: where to look, and once more after a minute. */
export function LinkSent({ email, onOther }: { email: string; onOther: () => void }) {
  const text = useText().recovery.forgot
  const heading = useRef<HTMLHeadingElement>(null)
  const [sends, setSends] = useState(1)
  const left = useCountdown(pause, sends)
  const { run, isPending } = useServerAction(resetPassword, { onSuccess: () => setSends((before) => before + 1) })

  // The button that had the focus is gone: whoever listens hears the new heading.
  useEffect(() => heading.current?.focus(), [])

  return (
    <Stack gap="md">
      <div>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {text.sentTitle}
        </Title>
        <Text c="dimmed" mt={6}>
          {text.sent(email)}
        </Text>
        <Text c="dimmed" mt="xs">
          {text.sentHint}
        </Text>
      </div>
      {/* It keeps the focus while it waits, which a disabled button would lose. */}
      <Button
        variant="default"
        size="md"
        loading={isPending}
        aria-disabled={left > 0}
        data-disabled={left > 0 || undefined}
        onClick={() => left === 0 && void run({ email })}
      >
        {left > 0 ? text.againIn(left) : text.again}
      </Button>
      <VisuallyHidden aria-live="polite">{left === 0 ? text.mayAgain : sends > 1 ? text.sentAgain : ''}</VisuallyHidden>
      <Stack gap="xs" align="center">
        <Anchor component="button" type="button" onClick={onOther} size="sm">
          {text.other}
        </Anchor>
        <Anchor component={Link} href="/sign-in" size="sm">
          {text.back}
        </Anchor>
      </Stack>
    </Stack>
  )
}

/** Whole seconds until `from` seconds have passed; begins anew when `turn` changes. Goes by the clock, as sleeping tabs stand still. */
function useCountdown(from: number, turn: number) {
  const [left, setLeft] = useState(from)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is what begins it anew
  useEffect(() => {
    const end = Date.now() + from * 1000
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [from, turn])
  return left
}
