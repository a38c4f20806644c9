import type { ReactNode } from 'react'
import { NoConsole } from '@/components/auth/no-console'
import { AppShell } from '@/components/layout/app-shell'
import { allows } from '@/lib/action/permissions'
import { isSignedIn, sessionContext } from '@/lib/auth/session'
import { ownAccounts } from '../own-accounts'

/** The console's frame, for people whose role opens it. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await sessionContext()
  // The page sends the person to sign in: only it knows the address to come back to.
  if (!isSignedIn(ctx)) return children

  const { user, grants } = ctx.actor
  const email = user.email || user.id
  if (!allows(grants, ['KMC_ACCESS', 'ADMIN_BASE'])) return <NoConsole email={email} partnerName={ctx.partner.name} />

  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.screenName || user.id
  return (
    <AppShell
      account={{ id: ctx.partner.id, name: ctx.partner.name }}
      accounts={await ownAccounts()}
      me={{ name, email }}
      grants={grants}
    >
      {children}
    </AppShell>
  )
}
