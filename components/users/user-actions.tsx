'use client'

import { Button, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { User } from '@/lib/user/schema'
import { restoreUser, updateUser } from '@/lib/user/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'
import { BlockDialog } from './block-dialog'
import { DeleteDialog } from './delete-dialog'
import { nameOf } from './user-name'

type Props = { user: User; meId: string; onDeleted?: () => void }

/** Block or unblock, delete or restore; what is refused says why before it is tried. */
export function UserActions({ user, meId, onDeleted }: Props) {
  const text = useText().users
  const [dialog, setDialog] = useState<'block' | 'delete' | null>(null)
  const unblock = useServerAction(updateUser, { message: text.unblocked(nameOf(user)) })
  const restore = useRestore(user)
  const refusal = user.isAccountOwner ? text.ownerStays : user.id === meId ? text.youStay : null

  if (user.status === 2) {
    return (
      <Button variant="default" size="sm" loading={restore.isPending} onClick={() => restore.run({ userId: user.id })}>
        {text.restore}
      </Button>
    )
  }
  return (
    <>
      {user.status === 0 ? (
        <Button
          variant="default"
          size="sm"
          loading={unblock.isPending}
          onClick={() => unblock.run({ userId: user.id, user: { status: 1 }, version: user.version })}
        >
          {text.unblock}
        </Button>
      ) : (
        <Refusable refusal={refusal}>
          <Button
            variant="default"
            size="sm"
            aria-disabled={refusal !== null}
            onClick={() => refusal === null && setDialog('block')}
          >
            {text.block}
          </Button>
        </Refusable>
      )}
      <Refusable refusal={refusal}>
        <Button
          variant="light"
          color="red"
          size="sm"
          aria-disabled={refusal !== null}
          data-disabled={refusal !== null || undefined}
          onClick={() => refusal === null && setDialog('delete')}
        >
          {text.delete}
        </Button>
      </Refusable>
      {dialog === 'block' && <BlockDialog user={user} onClose={() => setDialog(null)} />}
      {dialog === 'delete' && (
        <DeleteDialog
          user={user}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            offerUndo(user, text, restore.run)
            onDeleted?.()
          }}
        />
      )}
    </>
  )
}

/** A button that is refused stays reachable, so that its reason can be read by everybody. */
function Refusable({ refusal, children }: { refusal: string | null; children: React.ReactElement }) {
  return refusal ? <Tooltip label={refusal}>{children}</Tooltip> : children
}

function useRestore(user: User) {
  const text = useText().users
  return useServerAction(restoreUser, { message: text.restored(nameOf(user)) })
}

const undoTime = 10_000

function offerUndo(
  user: User,
  text: ReturnType<typeof useText>['users'],
  restore: (input: { userId: string }) => Promise<unknown>,
) {
  const id = notifications.show({
    autoClose: undoTime,
    message: (
      <>
        {text.deleted(nameOf(user))}{' '}
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id)
            void restore({ userId: user.id })
          }}
        >
          {text.undo}
        </Button>
      </>
    ),
  })
}
