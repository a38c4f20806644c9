import { redirect } from 'next/navigation'
import { SignIn } from '@/components/auth/sign-in'
import type { After } from '@/components/auth/sign-in-form'
import { getText } from '@/components/text/get-text'
import { busySeconds } from '@/lib/action/busy'
import { safeNextPath } from '@/lib/auth/next-path'
import { isSignedIn, sessionContext } from '@/lib/auth/session'

const text = getText().signIn

export const metadata = { title: text.title }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next, after } = await searchParams
  const onward = safeNextPath(typeof next === 'string' ? next : null)
  if (isSignedIn(await sessionContext())) redirect(onward)
  return <SignIn onward={onward} after={isAfter(after) ? after : undefined} busySeconds={busySeconds} />
}

const isAfter = (after: unknown): after is After => typeof after === 'string' && Object.hasOwn(text.after, after)
