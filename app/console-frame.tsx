import type { ReactNode } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { allows } from '@/lib/action/permissions'
import type { SignedInContext } from '@/lib/auth/session'
import { ownAccounts } from './own-accounts'

/** Whether the person's role opens the console. */
export const opensConsole = ({ actor }: SignedInContext) => allows(actor.grants, ['KMC_ACCESS', 'ADMIN_BASE'])

/** The console's frame for somebody whose role opens it. */
export async function ConsoleFrame({ ctx, children }: { ctx: SignedInContext; children: ReactNode }) {
  const { user, grants } = ctx.actor
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.screenName || user.id
  return (
    <AppShell
      account={{ id: ctx.partner.id, name: ctx.partner.name }}
      accounts={await ownAccounts()}
      me={{ name, email: user.email || user.id }}
      grants={grants}
    >
      {children}
    </AppShell>
  )
}
