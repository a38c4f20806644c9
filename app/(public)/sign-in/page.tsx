import { redirect } from 'next/navigation'
import { getText } from '@/app/get-text'
import { SignIn } from '@/components/auth/sign-in'
import type { After } from '@/components/auth/sign-in-form'
import { busySeconds } from '@/lib/action/busy'
import { safeNextPath } from '@/lib/auth/next-path'
import { isSignedIn, sessionContext } from '@/lib/auth/session'

export const generateMetadata = async () => ({ title: (await getText()).signIn.title })

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next, after } = await searchParams
  const onward = safeNextPath(typeof next === 'string' ? next : null)
  if (isSignedIn(await sessionContext())) redirect(onward)
  const { after: known } = (await getText()).signIn
  const isKnown = typeof after === 'string' && Object.hasOwn(known, after)
  return <SignIn onward={onward} after={isKnown ? (after as After) : undefined} busySeconds={busySeconds} />
}
