import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { withKs } from '@/lib/auth/session-context'
import { startSession } from '@/lib/session/actions/start-session'
import { codeOf, contextOf, data, goodPassword, newAccount, operatorContext } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { listUsers } from '@/lib/user/actions/list-users'
import { loginByLoginId } from '@/lib/user/actions/login-by-login-id'
import { createPartner } from './create-partner'

freshDatabase()

const signIn = (loginId: string, partnerId: number) =>
  runAction(loginByLoginId, newContext({ origin: 'wire' }), { loginId, password: goodPassword, partnerId })

describe('partner.create', () => {
  it('gives an existing login a second account with the same sign-in', async () => {
    const first = await newAccount()
    for (const adminPassword of [undefined, goodPassword]) {
      const second = data(
        await runAction(createPartner, operatorContext(), { name: 'Two', adminEmail: first.adminEmail, adminPassword }),
      )
      expect(codeOf(await signIn(first.adminEmail, second.partnerId))).toBe('OK')
    }
    expect(codeOf(await signIn(first.adminEmail, first.partnerId))).toBe('OK')
  })

  it('Z11 makes nobody an owner whose password somebody else chose', async () => {
    const squatter = await newAccount()
    const adminEmail = `boss-${squatter.partnerId}@corp.example`
    data(
      await runAction(addUser, await contextOf(squatter), {
        user: { id: 'squat', email: adminEmail, password: 'attacker-knows-7' },
      }),
    )
    const result = await runAction(createPartner, operatorContext(), { name: 'Corp', adminEmail, adminPassword: goodPassword })
    expect(codeOf(result)).toBe('LOGIN_ID_ALREADY_USED')
  })

  it.each([
    ['not-an-address', goodPassword, 'INVALID_FIELD_VALUE', 'adminEmail'],
    ['new-owner@corp.example', 'short', 'PASSWORD_STRUCTURE_INVALID', 'adminPassword'],
  ])('names what was given wrong as it was given: %s, %s', async (adminEmail, adminPassword, code, field) => {
    const result = await runAction(createPartner, operatorContext(), { name: 'Corp', adminEmail, adminPassword })
    expect(result).toMatchObject({ error: { code } })
    expect(result.ok ? [] : Object.keys(result.error.fields)).toEqual([field])
    if (field === 'adminEmail') expect(result).toMatchObject({ error: { args: { FIELD_NAME: field } } })
  })

  it('S04 gives a user secret that opens no rights, whoever is named', async () => {
    const account = await newAccount()
    const input = {
      secret: account.userSecret,
      partnerId: account.partnerId,
      userId: account.adminUserId,
      privileges: 'setrole:1',
    }
    const ks = data(await runAction(startSession, newContext({ origin: 'wire' }), input))
    const ctx = await withKs(newContext({ origin: 'wire' }), ks, { action: 'user.list', uri: '/' })
    expect(codeOf(await runAction(listUsers, ctx, {}))).toBe('SERVICE_FORBIDDEN')
  })
})
