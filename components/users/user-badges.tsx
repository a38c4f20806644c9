'use client'

import { Badge, Group } from '@mantine/core'
import type { Language } from '@/lib/language'
import { UserStatus } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import { exactTime } from '../text/times'
import { useText } from '../text/use-text'

type Props = { user: User }

/** Active, blocked or deleted: set by an administrator. */
export function StatusBadge({ user }: Props) {
  const { users: text, language } = useText()
  if (user.status === UserStatus.DELETED) return <Badge color="gray">{text.status.deleted}</Badge>
  if (user.status === UserStatus.ACTIVE) return <Badge color="teal">{text.status.active}</Badge>
  return (
    <Badge color="red">
      {user.blockedUntil ? text.blockedUntil(shortTime(language, user.blockedUntil)) : text.status.blocked}
    </Badge>
  )
}

/** Whether the person can sign in at all. */
export function LoginBadge({ user }: Props) {
  const text = useText().users.login
  if (user.loginEnabled) return <Badge color="pine">{text.enabled}</Badge>
  if ((user.invitedUntil ?? 0) * 1000 > Date.now()) return <Badge color="blue">{text.invited}</Badge>
  return (
    <Badge color="gray" variant="outline">
      {text.disabled}
    </Badge>
  )
}

/** Shut for a while by wrong attempts; nothing when it is not. */
export function LockBadge({ user }: Props) {
  const { users: text, language } = useText()
  if (!user.lockedUntil || user.lockedUntil * 1000 < Date.now()) return null
  return <Badge color="orange">{text.locked(shortTime(language, user.lockedUntil))}</Badge>
}

/** The three facts, side by side and never merged. */
export function UserFacts({ user }: Props) {
  return (
    <Group gap={6}>
      <StatusBadge user={user} />
      <LoginBadge user={user} />
      <LockBadge user={user} />
    </Group>
  )
}

/** What a person is here: you, the owner, an administrator, a group. */
export function KindBadges({ user, meId }: Props & { meId: string }) {
  const text = useText().users.badge
  return (
    <>
      {user.id === meId && <Badge size="sm">{text.you}</Badge>}
      {user.isAccountOwner && <Badge size="sm">{text.owner}</Badge>}
      {user.isAdmin && !user.isAccountOwner && (
        <Badge size="sm" color="gray">
          {text.admin}
        </Badge>
      )}
      {user.type !== 0 && (
        <Badge size="sm" color="gray">
          {text.group}
        </Badge>
      )}
    </>
  )
}

const shortTime = (language: Language, at: number) => exactTime(language, at).replace(/:\d\d(?=\D*$| )/, '')
