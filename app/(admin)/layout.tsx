import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { isSignedIn, sessionContext } from '@/lib/auth/session'
import { ConsoleFrame, opensConsole } from '../console-frame'

/** The console's frame, for people whose role opens it; the others have their own account. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await sessionContext()
  // The page sends the person to sign in: only it knows the address to come back to.
  if (!isSignedIn(ctx)) return children
  if (!opensConsole(ctx)) redirect('/account')
  return <ConsoleFrame ctx={ctx}>{children}</ConsoleFrame>
}
