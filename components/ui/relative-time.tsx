'use client'

import { Tooltip, VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { exactTime, relativeTime } from '../text/times'
import { useText } from '../text/use-text'

/** "5 minutes ago", kept up to date; the exact time on hover, on focus and for screen readers. `at` is epoch seconds, 0 or null is never. */
export function RelativeTime({ at, never }: { at: number | null | undefined; never?: string }) {
  const text = useText().shell
  const now = useSyncExternalStore(onTick, currentTime, currentTime)
  const isHere = useSyncExternalStore(onNothing, isInBrowser, isOnServer)
  if (!at) return <span>{never ?? text.never}</span>

  // Until the page is alive both sides say the time in UTC; then it is the reader's own time zone.
  const exact = exactTime(at, isHere ? undefined : 'UTC')
  return (
    <Tooltip label={exact}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable without a mouse */}
      <time dateTime={new Date(at * 1000).toISOString()} tabIndex={0} style={{ position: 'relative' }} suppressHydrationWarning>
        <span aria-hidden suppressHydrationWarning>
          {relativeTime(at, now)}
        </span>
        <VisuallyHidden suppressHydrationWarning>{`${relativeTime(at, now)}, ${exact}`}</VisuallyHidden>
      </time>
    </Tooltip>
  )
}

const seconds = () => Math.floor(Date.now() / 1000)
const isInBrowser = () => true
const isOnServer = () => false
const onNothing = () => () => {}

// One clock for every time on the page.
let now = seconds()
let clock: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

const currentTime = () => (typeof window === 'undefined' ? seconds() : now)

function onTick(listener: () => void) {
  listeners.add(listener)
  clock ??= setInterval(tick, 30_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(clock)
    clock = undefined
  }
}

function tick() {
  now = seconds()
  for (const listener of listeners) listener()
}
