import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import type { Result } from '@/lib/action/result'
import type { Ran } from '@/lib/explorer/schema'
import { codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { runByName } from './run-by-name'

freshDatabase()

const call = (name: string, parameters: Record<string, unknown> = {}) => {
  const [service, action] = name.split('.')
  return { service, action, parameters }
}

const answerOf = (result: Result<Ran>) => JSON.parse(data(result).body)

describe('running an action by its name', () => {
  it('answers as the wire does: loose values taken, nothing that only pages get, no nulls', async () => {
    const ctx = await contextOf(await newAccount())
    const added = await runByName(ctx, call('user.add', { user: { id: 'ada', gender: '2', isGuest: 'false' } }))
    expect(answerOf(added)).toMatchObject({ objectType: 'KalturaUser', id: 'ada', gender: 2, isGuest: false })
    expect(answerOf(added)).not.toHaveProperty('version')
    expect(answerOf(added)).not.toHaveProperty('email')
    expect(data(added)).toMatchObject({ isError: false, requestId: ctx.requestId })
    expect(added).toMatchObject({ changes: ['user'] })
  })

  it('answers a refusal as the exception that a program gets', async () => {
    const ctx = await contextOf(await newAccount())
    const unknown = await runByName(ctx, call('user.get', { userId: 'nobody' }))
    expect(data(unknown).isError).toBe(true)
    expect(answerOf(unknown)).toMatchObject({ objectType: 'KalturaAPIException', code: 'INVALID_USER_ID', args: [] })
    const missing = await runByName(ctx, call('user.delete'))
    expect(answerOf(missing)).toMatchObject({ code: 'MISSING_MANDATORY_PARAMETER', args: { PARAM_NAME: 'userId' } })
  })

  it('Z04 gives the person no more than his own rights, and nothing to nobody', async () => {
    const account = await newAccount()
    const plain = await contextOf(account, { type: 0, userId: 'plain' })
    expect(answerOf(await runByName(plain, call('user.delete', { userId: account.adminUserId })))).toMatchObject({
      code: 'SERVICE_FORBIDDEN',
    })
    const admin = await contextOf(account)
    expect(answerOf(await runByName(admin, call('partner.update', { partnerId: account.partnerId })))).toMatchObject({
      code: 'SERVICE_FORBIDDEN',
    })
    expect(codeOf(await runByName(newContext({ origin: 'page' }), call('session.end')))).toBe('MISSING_KS')
  })

  it('Z01 stays in the account of the person whatever partner is named', async () => {
    const [mine, theirs] = [await newAccount(), await newAccount()]
    const ctx = await contextOf(mine)
    const sent = { userId: theirs.adminUserId, partnerId: theirs.partnerId, p: theirs.partnerId }
    expect(answerOf(await runByName(ctx, call('user.delete', sent)))).toMatchObject({ code: 'INVALID_USER_ID' })
    expect(await storedUser(theirs, theirs.adminUserId)).toMatchObject({ status: 1 })
  })

  it('S11 fails where the person has to confirm first, so that the page can ask', async () => {
    const ctx = await contextOf(await newAccount())
    const actor = { ...ctx.actor, browserSession: 'of-the-browser', provenAt: ctx.now - 3_600_000 } as typeof ctx.actor
    const promotion = call('user.add', { user: { id: 'ida', email: 'ida@x.example', isAdmin: true } })
    expect(codeOf(await runByName({ ...ctx, actor }, promotion))).toBe('PROOF_REQUIRED')
  })

  it('hides what the action hides', async () => {
    const ctx = await contextOf(await newAccount())
    expect(answerOf(await runByName(ctx, call('user.loginByLoginId', { loginId: 'x' })))).toMatchObject({
      code: 'USER_WRONG_PASSWORD',
    })
  })

  it('I05 I14 refuses what names no action or hides a prototype', async () => {
    const ctx = await contextOf(await newAccount())
    expect(codeOf(await runByName(ctx, call('nothing.list')))).toBe('SERVICE_DOES_NOT_EXISTS')
    expect(codeOf(await runByName(ctx, call('user.constructor')))).toBe('ACTION_DOES_NOT_EXISTS')
    for (const wrong of [null, 'user.list', { service: 'user' }, { ...call('user.list'), parameters: [] }])
      expect(codeOf(await runByName(ctx, wrong))).not.toBe('OK')
    const hostile = JSON.parse('{"user":{"id":"x","__proto__":{"isAdmin":true}}}')
    expect(codeOf(await runByName(ctx, call('user.add', hostile)))).toBe('INVALID_FIELD_VALUE')
  })
})
