import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { env } from '@/lib/env'
import { ksOf, newAccount, startWire } from '@/lib/testing'
import { keyLinkOf, readMail } from './stored-mail'
import { contextOfAccount, newMailAccount, outboxOf, queue } from './testing'

freshDatabase()

describe('M01 the links of mails', () => {
  it.each([
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example', 'x-host': 'evil.example' },
  ])('begin with the address of the settings whatever the request says: %j', async (headers) => {
    const account = await newAccount()
    const { url, stop } = await startWire()
    const ks = await ksOf(account)
    const user = { id: 'new', email: `new-${account.partnerId}@acme.example`, isAdmin: true }
    const body = JSON.stringify({ ks, format: 1, user })
    const path = `${'host' in headers ? 'http://evil.example' : ''}/api_v3/service/user/action/add`
    try {
      expect(await post(url, path, headers, body)).toContain('"id":"new"')
    } finally {
      await stop()
    }
    const ctx = await contextOfAccount(account.partnerId)
    const links = (await outboxOf(ctx)).map((row) => readMail(row)).map((mail) => mail && keyLinkOf(mail))
    expect(links[0]).toMatch(new RegExp(`^${env().publicUrl}/set-password/[\\w=]+$`))
  })

  it.each(['http://evil.example/set-password/x', 'http://localhost:3000.evil.example/x', 'javascript:alert(1)', '/x'])(
    'may not lead elsewhere: %s',
    async (link) => {
      const ctx = await newMailAccount()
      await expect(queue(ctx, { event: 'invitation', params: { link } })).rejects.toThrow('leads elsewhere')
      expect(await outboxOf(ctx)).toEqual([])
    },
  )
})

/** `fetch` would not send another host. */
function post(url: string, path: string, headers: object, body: string) {
  const { hostname, port } = new URL(url)
  return new Promise<string>((resolve, reject) => {
    const type = { 'content-type': 'application/json' }
    const sent = request({ hostname, port, path, method: 'POST', headers: { ...type, ...headers } }, async (answer) => {
      const parts: Buffer[] = []
      for await (const part of answer) parts.push(part)
      resolve(Buffer.concat(parts).toString())
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
