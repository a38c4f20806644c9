'use client'

import type { User } from '@/lib/user/schema'
import { useText } from '../text/use-text'
import { Copyable, type Fact, Facts } from '../ui/facts'
import { RelativeTime } from '../ui/relative-time'

/** What there is to know of a person at a glance; what is empty is left out. */
export function UserDetails({ user }: { user: User }) {
  const text = useText().users
  const facts: Fact[] = [
    [text.field.id, <Copyable key="id" value={user.id} what={text.theId} />],
    [text.field.email, user.email && <Copyable key="email" value={user.email} what={text.theEmail} />],
    [text.loginId, user.loginId !== user.email && user.loginId],
    [text.field.roleIds, user.roleNames?.replaceAll(',', ', ')],
    [text.blockDialog.reason, user.blockReason],
    [text.field.company, [user.title, user.company].filter(Boolean).join(', ')],
    [text.group.address, [user.zip, user.city, user.country].filter(Boolean).join(' ')],
    [text.field.tags, user.tags?.replaceAll(',', ', ')],
    [text.field.description, user.description],
    [text.column.lastSignIn, <RelativeTime key="signIn" at={user.lastLoginTime} never={text.never} />],
    [text.column.created, <RelativeTime key="created" at={user.createdAt} />],
    [text.column.updated, <RelativeTime key="updated" at={user.updatedAt} />],
  ]
  return <Facts facts={facts} />
}
