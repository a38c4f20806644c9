'use client'

import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Text as Catalogue } from '../text/en'
import { useReturnFocus } from '../ui/use-return-focus'

const undoTime = 10_000

/** Says what was done and offers to take it back for 10 seconds. The focus goes to the offer, as what had it may be gone. */
export function offerUndo(text: Catalogue['users'], message: string, undo: () => unknown) {
  const id = notifications.show({
    autoClose: undoTime,
    role: 'status',
    closeButtonProps: { 'aria-label': text.close },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Text>
        <UndoButton
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {text.undo}
        </UndoButton>
      </Group>
    ),
  })
}

function UndoButton({ onClick, children }: { onClick: () => void; children: string }) {
  useReturnFocus()
  return (
    <Button variant="light" size="compact-sm" flex="none" onClick={onClick} autoFocus>
      {children}
    </Button>
  )
}
