import { createHmac, hkdfSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { doJobs, storedJobs } from '@/lib/jobs/testing'
import { updatePartner } from '@/lib/partner/actions/update-partner'
import { type Account, asAdmin, codeOf, data, newAccount, operatorContext, storedUser } from '@/lib/testing'
import { post } from '@/lib/webhooks/post'
import { addUser } from './add-user'
import { notifyBan } from './notify-ban'

freshDatabase()

type Received = { url: string; headers: IncomingMessage['headers']; body: string }

let server: Server
let address: string
let received: Received[] = []
let answer: (res: ServerResponse) => void

beforeAll(async () => {
  server = createServer(async (req, res) => {
    const parts: Buffer[] = []
    for await (const part of req) parts.push(part as Buffer)
    received.push({ url: req.url ?? '', headers: req.headers, body: Buffer.concat(parts).toString() })
    answer(res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  received = []
  answer = (res) => void res.end('thank you')
})

async function accountTold(url: string) {
  const account = await newAccount({ notificationUrl: url })
  data(await asAdmin(account, addUser, { user: { id: 'rude', screenName: 'Rüde', email: 'rude@x.example' } }))
  return account
}

const ban = (account: Account) => asAdmin(account, notifyBan, { userId: 'rude' })
const statusOf = async (account: Account) => (await storedJobs(account.partnerId)).map((job) => job.status)

describe('user.notifyBan', () => {
  it('tells the account’s server by a message that only it and Usher can sign, and changes nobody', async () => {
    const account = await accountTold(`${address}/hook?x=1`)
    const before = await storedUser(account, 'rude')
    expect(data(await ban(account))).toBeNull()
    await doJobs()
    expect(await storedUser(account, 'rude')).toEqual(before)

    const [message] = received
    expect(received).toHaveLength(1)
    expect(message?.url).toBe('/hook?x=1')
    expect(JSON.parse(message?.body ?? '')).toEqual({
      notification_id: expect.any(Number),
      notification_type: 'user_banned',
      type: 26,
      partner_id: account.partnerId,
      object_type: 3,
      object_id: 'rude',
      created_at: expect.any(Number),
      screen_name: 'Rüde',
      email: 'rude@x.example',
    })
    // As a receiver does it, with nothing but the account's own secret.
    const key = Buffer.from(hkdfSync('sha256', account.adminSecret, '', `usher-notification:${account.partnerId}`, 32))
    const timestamp = message?.headers['x-usher-timestamp']
    const signed = createHmac('sha256', key).update(`${timestamp}.${message?.body}`).digest('hex')
    expect(message?.headers['x-usher-signature']).toBe(`sha256=${signed}`)
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60)
  })

  it('does nothing where the account named no server', async () => {
    const account = await accountTold('')
    expect(data(await ban(account))).toBeNull()
    expect(await storedJobs(account.partnerId)).toEqual([])
  })

  it('refuses a user that there is not', async () => {
    expect(codeOf(await asAdmin(await newAccount(), notifyBan, { userId: 'nobody' }))).toBe('INVALID_USER_ID')
  })

  it('is sent again, ever later and under the same number, until the server takes it', async () => {
    const account = await accountTold(address)
    answer = (res) => void res.writeHead(503).end()
    data(await ban(account))
    const start = Date.now()
    await doJobs(start)
    await doJobs(start + 1_000)
    expect(received).toHaveLength(1)
    expect((await storedJobs(account.partnerId))[0]).toMatchObject({ lastError: "The account's server answered 503." })
    answer = (res) => void res.writeHead(204).end()
    await doJobs(start + 60_000)
    await doJobs(start + 600_000)
    expect(received.map(({ body }) => JSON.parse(body).notification_id)).toHaveLength(2)
    expect(received[0]?.body).toBe(received[1]?.body)
    expect(await statusOf(account)).toEqual(['done'])
  })

  it('R39 is put aside after five tries', async () => {
    const account = await accountTold(address)
    answer = (res) => void res.writeHead(500).end()
    data(await ban(account))
    for (let hour = 0; hour < 8; hour++) await doJobs(Date.now() + hour * 3_600_000)
    expect(received).toHaveLength(5)
    expect(await statusOf(account)).toEqual(['failed'])
  })

  it('follows no redirect', async () => {
    const account = await accountTold(address)
    answer = (res) => void res.writeHead(307, { location: `${address}/elsewhere` }).end()
    data(await ban(account))
    await doJobs()
    expect(received.map(({ url }) => url)).toEqual(['/'])
  })

  it('is content with the beginning of an endless answer', async () => {
    const account = await accountTold(address)
    answer = (res) => {
      const more = () => {
        while (!res.destroyed && res.write('x'.repeat(10_000)));
      }
      res.on('drain', more)
      more()
    }
    data(await ban(account))
    await doJobs()
    expect(await statusOf(account)).toEqual(['done'])
  })

  it('is for nobody when the account took its server away meanwhile', async () => {
    const account = await accountTold(address)
    data(await ban(account))
    data(await runAction(updatePartner, operatorContext(), { partnerId: account.partnerId, notificationUrl: '' }))
    await doJobs()
    expect(received).toEqual([])
    expect(await statusOf(account)).toEqual(['done'])
  })
})

describe('a message', () => {
  it.each([
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data',
    'http://0.0.0.0/',
    'http://0x00.1/',
    'http://[::]/',
    'http://[fe80::1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://239.1.1.1/',
  ])('is not sent to %s', async (url) => {
    const sent = post({ url, body: '{}', headers: {}, signal: AbortSignal.timeout(2_000) })
    await expect(sent).rejects.toThrow(/^(Messages go by|No message is sent)/)
  })
})
