import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { mailsTo } from '@/lib/mail/testing'
import { openBrowserSession } from './browser-session'
import { deviceName } from './known-device'
import { makePartner, makePerson, noon, password, wire } from './testing'

freshDatabase()

const firefox = (version: number) => `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15'
const day = 24 * 60 * 60 * 1000

it.each([
  [firefox(140), 'Firefox (Linux)'],
  [safari, 'Safari (macOS)'],
  ['curl/8', ''],
  [null, ''],
])('calls %s %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name)
})

describe('the mail about a new sign-in', () => {
  /** Where each sign-in comes from; answers the mails that came of them. */
  async function signIns(...from: { address: string; userAgent: string; now?: number }[]) {
    const { login } = await makePerson(await makePartner())
    for (const of of from) await openBrowserSession(wire({ origin: 'page', now: noon, ...of }), login.loginEmail, password)
    return (await mailsTo(login.loginEmail)).map(({ event, params }) => [event, params['device'], params['address']])
  }
  const home = { address: '192.0.2.1', userAgent: firefox(140) }

  it('is not sent at the very first, nor from where the person was before, also with a newer browser', async () => {
    expect(await signIns(home, home, { ...home, userAgent: firefox(141) })).toEqual([])
  })

  it('is sent once for another address and once for another browser', async () => {
    const away = { ...home, address: '198.51.100.1' }
    const other = { ...home, userAgent: safari }
    expect(await signIns(home, away, away, other, other)).toEqual([
      ['new-sign-in', 'Firefox (Linux)', '198.51.100.1'],
      ['new-sign-in', 'Safari (macOS)', '192.0.2.1'],
    ])
  })

  it('is not sent for a failure', async () => {
    const { login } = await makePerson(await makePartner())
    await openBrowserSession(wire({ origin: 'page', ...home }), login.loginEmail, password)
    const elsewhere = wire({ origin: 'page', address: '198.51.100.9', now: noon + day })
    await openBrowserSession(elsewhere, login.loginEmail, 'wrong').catch(() => {})
    expect(await mailsTo(login.loginEmail)).toEqual([])
  })
})
