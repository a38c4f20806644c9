import type { ReactNode } from 'react'
import { OwnFrame } from '@/components/account/own-frame'
import { isSignedIn, sessionContext } from '@/lib/auth/session'
import { ConsoleFrame, opensConsole } from '../console-frame'

/** In the console for whoever may see it, else on its own. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const ctx = await sessionContext()
  if (!isSignedIn(ctx)) return children
  if (opensConsole(ctx)) return <ConsoleFrame ctx={ctx}>{children}</ConsoleFrame>
  return <OwnFrame partnerName={ctx.partner.name}>{children}</OwnFrame>
}
