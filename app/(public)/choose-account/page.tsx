import { redirect } from 'next/navigation'
import { getText } from '@/app/get-text'
import { AccountChoice } from '@/components/auth/account-choice'
import { safeNextPath } from '@/lib/auth/next-path'
import { requireSession } from '@/lib/auth/session'
import { ownAccounts } from '../../own-accounts'

export const generateMetadata = async () => ({ title: (await getText()).signIn.accounts.title })

/** After a sign-in on a device that has made no choice yet; whoever has nothing to choose goes on. */
export default async function ChooseAccountPage({ searchParams }: PageProps<'/choose-account'>) {
  const { next } = await searchParams
  const onward = safeNextPath(typeof next === 'string' ? next : null)
  await requireSession(onward)
  const accounts = await ownAccounts()
  if (accounts.length < 2) redirect(onward)
  return <AccountChoice accounts={accounts} onward={onward} />
}
