import { redirect } from 'next/navigation'
import { isSignedIn, sessionContext } from '@/lib/auth/session'
import { setUpIsOpen } from '@/lib/partner/set-up'

/** The beginning: wherever this person can go on. */
export default async function StartPage() {
  if (isSignedIn(await sessionContext())) redirect('/users')
  redirect((await setUpIsOpen()) ? '/set-up' : '/sign-in')
}
