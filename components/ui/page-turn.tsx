'use client'

import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import classes from './page-turn.module.css'

type Props = { to: 'previous' | 'next'; label: string; isPossible: boolean; onClick: () => void }

/** A step to the page before or behind. Stays focusable at the ends, so that the keyboard does not lose its place on the last page. */
export function PageTurn({ to, label, isPossible, onClick }: Props) {
  const Icon = to === 'previous' ? IconChevronLeft : IconChevronRight
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={label}
      aria-disabled={!isPossible}
      data-disabled={!isPossible || undefined}
      onClick={() => isPossible && onClick()}
    >
      <Icon size={18} className={classes['icon']} aria-hidden />
    </ActionIcon>
  )
}
