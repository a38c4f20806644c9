import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { readKs, withKs } from '@/lib/auth/session-context'
import { codeOf, data, newAccount, operatorContext } from '@/lib/testing'
import { getUser } from '@/lib/user/actions/get-user'
import { listUsers } from '@/lib/user/actions/list-users'
import { updatePartner } from '../../partner/actions/update-partner'
import { startWidgetSession } from './start-widget-session'

freshDatabase()

const start = (widgetId: string, expiry?: number) =>
  runAction(startWidgetSession, newContext({ origin: 'wire' }), { widgetId, ...(expiry !== undefined && { expiry }) })

describe('session.startWidgetSession', () => {
  it('answers a session of nobody, for the account that the widget names', async () => {
    const { partnerId } = await newAccount()
    const { ks, ...rest } = data(await start(`_${partnerId}`))
    expect(rest).toEqual({ objectType: 'KalturaStartWidgetSessionResponse', partnerId, userId: 0 })
    expect(await readKs(ks)).toMatchObject({ type: 0, userId: '', privileges: 'view:*,widget:1' })
  })

  it('S04 Z04 Z05 may do nothing but what a widget may', async () => {
    const account = await newAccount()
    const { ks } = data(await start(`_${account.partnerId}`))
    const ctx = await withKs(newContext({ origin: 'wire' }), ks, { action: 'test', uri: '/' })
    expect(codeOf(await runAction(listUsers, ctx, {}))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(getUser, ctx, { userId: account.adminUserId }))).toBe(
      'CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION',
    )
  })

  it('S05 lives at least a second and no longer than the account allows', async () => {
    const { partnerId } = await newAccount({ ksMaxExpiry: 600 })
    for (const [asked, life] of [
      [0, 1],
      [-5, 1],
      [60, 60],
      [Number.MAX_SAFE_INTEGER, 600],
    ] as const) {
      const now = Math.floor(Date.now() / 1000)
      const decoded = await readKs(data(await start(`_${partnerId}`, asked)).ks)
      expect([life, life + 1]).toContain((decoded?.expiry ?? 0) - now)
    }
  })

  it('refuses what is no widget, and a closed account', async () => {
    const { partnerId } = await newAccount()
    for (const widgetId of ['', String(partnerId), `_${partnerId} `, '_0', '_999999999', '_-1'])
      expect(codeOf(await start(widgetId)), widgetId).toBe('INVALID_WIDGET_ID')
    data(await runAction(updatePartner, operatorContext(), { partnerId, status: 3 }))
    expect(codeOf(await start(`_${partnerId}`))).toBe('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  })
})
