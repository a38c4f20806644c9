'use client'

import { Tooltip, VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { exactTime, relativeTime, timeAgo } from '../text/times'
import { useText } from '../text/use-text'

type Props = {
  /** Epoch seconds, 0 or null is never. */
  at: number | null | undefined
  never?: string
  /** It may still be to come. Without it, it has happened. */
  isAhead?: boolean
}

/** "5 minutes ago", kept up to date; the exact time on hover, on focus and for screen readers. */
export function RelativeTime({ at, never, isAhead = false }: Props) {
  const { shell: text, language } = useText()
  const now = useSyncExternalStore(onTick, currentTime, currentTime)
  const isHere = useSyncExternalStore(onNothing, isInBrowser, isOnServer)
  if (!at) return <span>{never ?? text.never}</span>

  // Until the page is alive both sides say the time in UTC; then it is the reader's own time zone.
  const exact = exactTime(language, at, isHere ? undefined : 'UTC')
  const told = isAhead ? relativeTime(language, at, now) : timeAgo(language, at, now)
  return (
    <Tooltip label={exact}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must be reachable without a mouse */}
      <time dateTime={new Date(at * 1000).toISOString()} tabIndex={0} style={{ position: 'relative' }} suppressHydrationWarning>
        <span aria-hidden suppressHydrationWarning>
          {told}
        </span>
        <VisuallyHidden suppressHydrationWarning>{`${told}, ${exact}`}</VisuallyHidden>
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
  if (clock === undefined) {
    clock = setInterval(tick, 30_000)
    // It has stood still while no time was shown.
    now = seconds()
  }
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
