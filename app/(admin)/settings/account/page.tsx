import { getText } from '@/app/get-text'
import { AccountOverview } from '@/components/settings/account-overview'
import { allows } from '@/lib/action/permissions'
import { requireSession } from '@/lib/auth/session'
import { env } from '@/lib/env'

export const generateMetadata = async () => ({ title: (await getText()).settings.account.title })

export default async function AccountSettingsPage() {
  const { actor, partner } = await requireSession('/settings/account')
  const { id, name } = partner
  const mayShow = allows(actor.grants, ['ACCOUNT_UPDATE_SETTINGS'])
  return <AccountOverview id={id} name={name} address={env().publicUrl} mayShow={mayShow} />
}
