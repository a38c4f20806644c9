import { redirect } from 'next/navigation'
import { SignInForm } from '@/components/auth/sign-in-form'
import { getText } from '@/components/text/get-text'
import { safeNextPath } from '@/lib/auth/next-path'
import { isSignedIn, sessionContext } from '@/lib/auth/session'

export const metadata = { title: getText().signIn.title }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next } = await searchParams
  const onward = safeNextPath(typeof next === 'string' ? next : null)
  if (isSignedIn(await sessionContext())) redirect(onward)
  return <SignInForm onward={onward} />
}
