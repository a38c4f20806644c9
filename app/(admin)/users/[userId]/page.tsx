import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { endPage } from '@/app/end-page'
import { actionQuery } from '@/components/action-query'
import { givableRoles } from '@/components/users/givable-roles'
import { meOf } from '@/components/users/me'
import { signInSettingsOf } from '@/components/users/sign-in-settings'
import { nameOf, userHref } from '@/components/users/user-name'
import { UserPage } from '@/components/users/user-page'
import { requireSession } from '@/lib/auth/session'
import { env } from '@/lib/env'
import type { User } from '@/lib/user/schema'
import { getUser } from '@/lib/user/server-actions'
import { listUserRoles } from '@/lib/user-role/server-actions'

type Props = PageProps<'/users/[userId]'>

export async function generateMetadata({ params }: Props) {
  const user = await getUser({ userId: await idIn(params) })
  return user.ok ? { title: nameOf(user.data) } : endPage(user)
}

export default async function OneUserPage({ params }: Props) {
  const userId = await idIn(params)
  const { actor, partner } = await requireSession(userHref(userId))
  const [user, roles] = await Promise.all([getUser({ userId }), listUserRoles(givableRoles)])
  if (!user.ok) endPage(user)
  const queries = new QueryClient()
  queries.setQueryData(actionQuery<User>('user', 'get', { userId }).queryKey, user.data)

  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <UserPage
        userId={userId}
        me={meOf(actor)}
        roles={roles.ok ? roles.data.objects : []}
        settings={signInSettingsOf(partner.settings, env().smtpUrl !== undefined)}
      />
    </HydrationBoundary>
  )
}

async function idIn(params: Props['params']) {
  const { userId } = await params
  return decodeURIComponent(userId)
}
