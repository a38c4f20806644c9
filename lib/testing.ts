import 'server-only'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { z } from 'zod'
import { acrossPartners } from '@/db/partner-guard'
import { findUser } from '@/db/queries/users'
import { type Context, newContext, operator, type PartnerContext } from '@/lib/action/context'
import { type Action, defineAction, type Service } from '@/lib/action/define-action'
import { findAction } from '@/lib/action/registry'
import type { Result } from '@/lib/action/result'
import { runAction } from '@/lib/action/run-action'
import { findPartner } from '@/lib/auth/partner'
import { withKs } from '@/lib/auth/session-context'
import { createPartner } from '@/lib/partner/actions/create-partner'
import { updatePartner } from '@/lib/partner/actions/update-partner'
import { startSession } from '@/lib/session/actions/start-session'
import { dispatchTo } from '@/lib/transport/api-v3/dispatch'

/** For tests: accounts, people and calls on the real database, through the real pipeline. */

export const goodPassword = 'correct-horse-7'

type Settings = Partial<Omit<z.input<typeof updatePartner.input>, 'partnerId'>>

/** A new account with its owner; `settings` as `partner.update` takes them. */
export async function newAccount(settings: Settings = {}) {
  const adminEmail = `owner-${randomUUID()}@owner.example`
  const created = data(
    await runAction(createPartner, operatorContext(), { name: 'Acme', adminEmail, adminPassword: goodPassword }),
  )
  await runAction(updatePartner, operatorContext(), { partnerId: created.partnerId, adminLoginUsersQuota: -1, ...settings }).then(
    data,
  )
  return { ...created, adminEmail }
}

export type Account = Awaited<ReturnType<typeof newAccount>>

export const operatorContext = (): Context => newContext({ origin: 'cli', actor: operator })

type Who = { userId?: string; type?: 0 | 2; privileges?: string; at?: Partial<Context> }

/** A KS of the account's secret; ADMIN and without a user unless said otherwise. */
export async function ksOf(account: Account, { userId = '', type = 2, privileges = '', at }: Who = {}) {
  const input = { secret: account.adminSecret, partnerId: account.partnerId, userId, type, privileges }
  return data(await runAction(startSession, newContext({ origin: 'wire', ...at }), input))
}

/** The context of a session, as the wire makes it. */
export async function contextOf(account: Account, who: Who = {}): Promise<PartnerContext> {
  const ks = await ksOf(account, who)
  return withKs(newContext({ origin: 'wire', ...who.at }), ks, { action: 'test', uri: '/' }) as Promise<PartnerContext>
}

/** Runs an action for the account's administrator. */
export async function asAdmin<I extends z.ZodType, O extends z.ZodType>(
  account: Account,
  action: Action<I, O>,
  input: z.input<I>,
) {
  return runAction(action, await contextOf(account), input)
}

/** The data of a success; a refusal fails the test with its code. */
export function data<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.data
}

/** The code of a refusal, `OK` for a success. */
export const codeOf = (result: Result<unknown>) => (result.ok ? 'OK' : result.error.code)

export async function storedUser(account: Account, id: string) {
  const partner = await findPartner(account.partnerId)
  if (!partner) throw new Error('The account is gone')
  return acrossPartners(() => findUser(partner.id, id))
}

/** An action of the test's own, which anyone may call; a query unless said otherwise. */
export function testAction<I extends z.ZodType, O extends z.ZodType>(of: TestAction<I, O>) {
  const rest = {
    name: 'test.action',
    summary: 'For a test.',
    audience: 'anyone',
    permission: ['ALWAYS_ALLOWED_ACTIONS'],
  } as const
  return defineAction<I, O>({ kind: 'query', ...rest, ...of })
}

type TestAction<I extends z.ZodType, O extends z.ZodType> = Pick<Action<I, O>, 'input' | 'output' | 'mask'> & {
  kind?: Action['kind']
  handle: (ctx: Context, input: z.output<I>) => Promise<z.input<O>>
}

/** The wire on a port of its own, with a service `test` of the test's own actions; answers its address and how to stop it. */
export async function startWire(actions: Service = {}) {
  const find = (service: string, action: string) => (service === 'test' && actions[action]) || findAction(service, action)
  const server = createServer(dispatchTo(find))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** What the wire at `url` answers to a call of the user service in JSON, with the seconds of its `Retry-After`, or null. */
export async function askUser(url: string, action: string, params: object) {
  const response = await fetch(`${url}/api_v3/service/user/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ format: 1, ...params }),
  })
  return { comeAgainAfter: response.headers.get('retry-after'), ...(await response.json()) }
}
