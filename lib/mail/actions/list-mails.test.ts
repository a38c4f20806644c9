import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { asAdmin, data, newAccount } from '@/lib/testing'
import { contextOfAccount, queue } from '../testing'
import { listMails } from './list-mails'

freshDatabase()

let account: Awaited<ReturnType<typeof newAccount>>
let ctx: PartnerContext

beforeAll(async () => {
  account = await newAccount()
  ctx = await contextOfAccount(account.partnerId)
  for (let number = 1; number <= 5; number++) await queue(ctx, { recipient: `P${number}_x@acme.example` })
  await queue(ctx, { event: 'reset-password', language: 'de', recipient: 'grace@acme.example' })
  await queue(await contextOfAccount((await newAccount()).partnerId), { recipient: 'p1_x@acme.example' })
})

const list = async (input: Parameters<typeof asAdmin<typeof listMails.input, typeof listMails.output>>[2]) =>
  data(await asAdmin(account, listMails, input))
const recipients = async (filter: object) => (await list({ filter })).objects.map(({ recipient }) => recipient)

describe('mail.list', () => {
  it('shows the mails of this account alone, newest first, by their subjects and without what is in them', async () => {
    const { objects, hasOlder, hasNewer } = await list({})
    expect(objects.map(({ recipient }) => recipient[1])).toEqual(['r', '5', '4', '3', '2', '1'])
    expect(objects[0]).toMatchObject({
      event: 'reset-password',
      subject: 'Neues Passwort für Acme University setzen',
      status: 'queued',
      attempts: 0,
    })
    expect({ hasOlder, hasNewer }).toEqual({ hasOlder: false, hasNewer: false })
    expect(JSON.stringify(objects)).not.toMatch(/\/set-password|KEY/)
  })

  it.each([
    [{ eventEqual: 'reset-password' }, ['grace@acme.example']],
    [{ recipientLike: 'GRACE' }, ['grace@acme.example']],
    [{ recipientLike: 'p1_X' }, ['P1_x@acme.example']],
    [{ recipientLike: '%' }, []],
    [{ statusEqual: 'sent' }, []],
    [{ statusEqual: 'queued', recipientLike: 'p2' }, ['P2_x@acme.example']],
  ])('finds by %j', async (filter, found) => {
    expect(await recipients(filter)).toEqual(found)
  })

  it('pages to older ones and back', async () => {
    const first = await list({ pageSize: 2 })
    const second = await list({ pageSize: 2, beforeKey: first.objects.at(-1)?.key })
    const third = await list({ pageSize: 2, beforeKey: second.objects.at(-1)?.key })
    expect([first, second, third].map(({ hasOlder, hasNewer }) => [hasNewer, hasOlder])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ])
    const back = await list({ pageSize: 2, afterKey: third.objects[0]?.key })
    expect(back).toEqual({ ...second, hasNewer: true, hasOlder: true })
    expect(await list({ pageSize: 2, afterKey: second.objects[0]?.key })).toMatchObject({
      objects: first.objects,
      hasNewer: false,
    })
  })

  it('is not for people without the right to read', async () => {
    const result = await runAction(listMails, { ...ctx, actor: { ...ctx.actor, grants: { all: false, names: new Set() } } }, {})
    expect(result).toMatchObject({ ok: false, error: { code: 'SERVICE_FORBIDDEN' } })
  })
})
