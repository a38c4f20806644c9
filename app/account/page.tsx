import { getText } from '@/app/get-text'
import { AccountPage } from '@/components/account/account-page'
import { readTab } from '@/components/account/tabs'
import { ownSignIn } from '@/lib/auth/own-login'
import { requireSession } from '@/lib/auth/session'

export const generateMetadata = async () => ({ title: (await getText()).account.title })

/** What a person sees to himself, whatever the role. */
export default async function OwnAccountPage({ searchParams }: PageProps<'/account'>) {
  const tab = readTab((await searchParams)['tab'])
  const ctx = await requireSession(tab === 'profile' ? '/account' : `/account?tab=${tab}`)
  const { firstName, lastName, language, version } = ctx.actor.user
  return (
    <AccountPage
      person={String(ctx.actor.user.loginDataId)}
      profile={{ firstName: firstName ?? '', lastName: lastName ?? '', mailLanguage: language ?? '', version }}
      {...(await ownSignIn(ctx))}
    />
  )
}
