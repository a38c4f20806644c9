import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { getText } from '@/app/get-text'
import { givableRoles } from '@/components/users/givable-roles'
import { meOf } from '@/components/users/me'
import { signInSettingsOf } from '@/components/users/sign-in-settings'
import { UsersList } from '@/components/users/users-list'
import { usersQuery } from '@/components/users/users-query'
import { hrefOf, readView, toListInput } from '@/components/users/users-view'
import { requireSession } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { listUsers } from '@/lib/user/server-actions'
import { listUserRoles } from '@/lib/user-role/server-actions'

export const generateMetadata = async () => ({ title: (await getText()).users.title })

export default async function UsersPage({ searchParams }: PageProps<'/users'>) {
  const view = readView(await searchParams)
  const { actor, now, partner } = await requireSession(hrefOf(view, {}))
  const [rows, roles] = await Promise.all([listUsers(toListInput(view, Math.floor(now / 1000))), listUserRoles(givableRoles)])
  const queries = new QueryClient()
  if (rows.ok) queries.setQueryData(usersQuery(view).queryKey, rows.data)

  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <UsersList
        me={meOf(actor)}
        roles={roles.ok ? roles.data.objects : []}
        settings={signInSettingsOf(partner.settings, env().smtpUrl !== undefined)}
      />
    </HydrationBoundary>
  )
}
