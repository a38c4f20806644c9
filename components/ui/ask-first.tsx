'use client'

import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'

type Question = { title: string; hint?: string; confirm: string; cancel: string; onConfirm: () => void; onClose?: () => void }

/** Asks before something is taken away or lost; whoever only presses Enter keeps it. */
export function askFirst({ title, hint, confirm, cancel, onConfirm, onClose }: Question) {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{hint}</Text>,
    labels: { confirm, cancel },
    confirmProps: { color: 'red' },
    cancelProps: { 'data-autofocus': true },
    closeButtonProps: { 'aria-label': cancel },
    onConfirm,
    onClose,
  })
}
