import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { issueKs } from '@/lib/auth/issue-ks'
import { findPartner, isOpen } from '@/lib/auth/partner'
import { StartWidgetSessionInput, WidgetSession } from '../schema'

/** Starts a session of nobody in particular, with the widget's role only (appendix A): what an application token proves itself with. */
export const startWidgetSession = defineAction({
  name: 'session.startWidgetSession',
  summary: 'Starts a session of nobody in particular, such as an application token is used with.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: StartWidgetSessionInput,
  output: WidgetSession,
  errors: ['INVALID_WIDGET_ID'],

  async handle(ctx, { widgetId, expiry }) {
    const partner = await findPartner(partnerIdOf(widgetId))
    if (!partner) throw new ActionError('INVALID_WIDGET_ID', { WIDGET_ID: widgetId })
    if (!isOpen(partner)) throw new ActionError('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
    const session = { type: 0, userId: '', expiry, privileges: 'view:*,widget:1', source: 'secret' as const }
    const ks = await issueKs(ctx, partner, session)
    return { objectType: 'KalturaStartWidgetSessionResponse' as const, partnerId: partner.id, ks, userId: 0 }
  },
})

/** The only widgets are the accounts' own: `_102` is that of account 102. */
function partnerIdOf(widgetId: string) {
  return /^_\d{1,10}$/.test(widgetId) ? Number(widgetId.slice(1)) : 0
}
