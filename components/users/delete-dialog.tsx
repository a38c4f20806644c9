'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import type { User } from '@/lib/user/schema'
import { deleteUser } from '@/lib/user/server-actions'
import { useText } from '../text/use-text'
import { useOnTop } from '../ui/use-on-top'
import { useReturnFocus } from '../ui/use-return-focus'
import { useServerAction } from '../use-action'
import { nameOf } from './user-name'

type Props = { user: User; onClose: () => void; onDeleted: () => void }

/** Names the person before anything happens. */
export function DeleteDialog({ user, onClose, onDeleted }: Props) {
  const text = useText().users
  useReturnFocus()
  useOnTop()
  const { run, isPending } = useServerAction(deleteUser, {
    forget: ['user', 'get', { userId: user.id }],
    onSuccess: () => {
      onClose()
      onDeleted()
    },
  })
  return (
    <Modal opened onClose={onClose} title={text.deleteDialog.title(nameOf(user))} closeButtonProps={{ 'aria-label': text.close }}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {text.deleteDialog.effect(user.id)}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {text.cancel}
        </Button>
        <Button color="red" loading={isPending} onClick={() => run({ userId: user.id })}>
          {text.delete}
        </Button>
      </Group>
    </Modal>
  )
}
