'use client'

import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { UserStatus } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import { restoreUser, updateUser } from '@/lib/user/server-actions'
import type { Text as Catalogue } from '../text/en'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'
import { BlockDialog } from './block-dialog'
import { DeleteDialog } from './delete-dialog'
import type { Me } from './me'
import { offerUndo } from './offer-undo'
import { SignInMenu } from './sign-in-menu'
import type { SignInSettings } from './sign-in-settings'
import { nameOf } from './user-name'

type Props = { user: User; me: Me; settings: SignInSettings; onEnded?: () => void }

/** Sign-in, block or unblock, delete or restore, as far as the person may; what is refused says why before it is tried. */
export function UserActions({ user, me, settings, onEnded }: Props) {
  const text = useText().users
  const name = nameOf(user)
  const [dialog, setDialog] = useState<'block' | 'delete' | null>(null)
  const unblock = useServerAction(updateUser, { message: text.unblocked(name) })
  const restore = useServerAction(restoreUser, { message: text.restored(name) })
  const refusal = refusalOf(user, me, text)

  if (user.status === UserStatus.DELETED) {
    if (!me.mayDelete) return null
    const bringBack = async () => {
      const result = await restore.run({ userId: user.id })
      if (result?.ok) onEnded?.()
    }
    return (
      <Button variant="default" loading={restore.isPending} onClick={() => void bringBack()}>
        {text.restore}
      </Button>
    )
  }
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <SignInMenu user={user} me={me} settings={settings} />
        {me.mayUpdate && user.status === UserStatus.BLOCKED && (
          <Button
            variant="default"
            loading={unblock.isPending}
            onClick={() => void unblock.run({ userId: user.id, user: { status: UserStatus.ACTIVE }, version: user.version })}
          >
            {text.unblock}
          </Button>
        )}
        {me.mayUpdate && user.status === UserStatus.ACTIVE && (
          <Button variant="default" disabled={refusal !== null} onClick={() => setDialog('block')}>
            {text.blockMore}
          </Button>
        )}
        {me.mayDelete && (
          <Button variant="light" color="red" disabled={refusal !== null} onClick={() => setDialog('delete')}>
            {text.deleteMore}
          </Button>
        )}
      </Group>
      {refusal && (me.mayUpdate || me.mayDelete) && (
        <Text size="xs" c="dimmed">
          {refusal}
        </Text>
      )}
      {dialog === 'block' && (
        <BlockDialog
          user={user}
          onClose={() => setDialog(null)}
          onBlocked={({ version }) =>
            offerUndo(text, text.blocked(name), () =>
              unblock.run({ userId: user.id, user: { status: UserStatus.ACTIVE }, version }),
            )
          }
        />
      )}
      {dialog === 'delete' && (
        <DeleteDialog
          user={user}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            offerUndo(text, text.deleted(name), () => restore.run({ userId: user.id }))
            onEnded?.()
          }}
        />
      )}
    </Stack>
  )
}

function refusalOf(user: User, me: Me, text: Catalogue['users']) {
  if (user.isAccountOwner) return text.ownerStays
  return user.id === me.id ? text.youStay : null
}
