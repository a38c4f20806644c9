'use client'

import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useOnTop } from './use-on-top'

type Question = { title: string; hint?: string; confirm: string; cancel: string; onConfirm: () => void; onClose?: () => void }

/** Asks before something is taken away or lost; whoever only presses Enter keeps it. */
export function askFirst({ title, hint, confirm, cancel, onConfirm, onClose }: Question) {
  modals.openConfirmModal({
    title,
    children: <Hint hint={hint} />,
    labels: { confirm, cancel },
    confirmProps: { color: 'red' },
    cancelProps: { 'data-autofocus': true },
    closeButtonProps: { 'aria-label': cancel },
    onConfirm,
    onClose,
  })
}

function Hint({ hint }: Pick<Question, 'hint'>) {
  useOnTop()
  return <Text size="sm">{hint}</Text>
}
