import { endPage } from '@/app/end-page'
import { getText } from '@/app/get-text'
import { SecuritySettings } from '@/components/settings/security-form'
import { getSecondFactor } from '@/lib/account/server-actions'
import { allows } from '@/lib/action/permissions'
import { requireSession } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { getSettings } from '@/lib/partner/server-actions'

export const generateMetadata = async () => ({ title: (await getText()).settings.title })

export default async function SecuritySettingsPage() {
  const { actor } = await requireSession('/settings/security')
  const [settings, factor] = await Promise.all([getSettings({}), getSecondFactor({})])
  if (!settings.ok) endPage(settings)
  const me = { isAdmin: actor.user.isAdmin, isEnrolled: factor.ok && factor.data.isEnrolled }
  return (
    <SecuritySettings
      settings={settings.data}
      mayChange={allows(actor.grants, ['ACCOUNT_UPDATE_SETTINGS'])}
      me={me}
      sendsMail={env().smtpUrl !== undefined}
    />
  )
}
