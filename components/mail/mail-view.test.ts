import { expect, it } from 'vitest'
import { mailEvents, mailStatuses } from '@/lib/mail/enums'
import { ListMailsInput } from '@/lib/mail/schema'
import { en } from '../text/en'
import { mailHref, readMailView, toListInput } from './mail-view'

it('has a word for every kind of mail and every status', () => {
  expect(Object.keys(en.mail.events).sort()).toEqual([...mailEvents].sort())
  expect(Object.keys(en.mail.statuses).sort()).toEqual([...mailStatuses].sort())
})

it('comes back from its own address', () => {
  const view = readMailView({ to: 'a@b', status: 'failed', event: 'locked', before: '40', mail: '39' })
  const params = Object.fromEntries(new URL(mailHref(view, {}), 'http://x').searchParams)
  expect(readMailView(params)).toEqual(view)
  expect(ListMailsInput.parse(toListInput(view))).toMatchObject({
    filter: { recipientLike: 'a@b', statusEqual: 'failed', eventEqual: 'locked' },
    beforeKey: 40,
  })
})

it('shows the plain list for an address with nonsense in it', () => {
  const view = readMailView({ status: 'constructor', event: ['x', 'y'], before: '-1', after: '1e99', mail: 'x' })
  expect(mailHref(view, {})).toBe('/mail')
})

it('begins at the newest when something else is looked for, but not when a mail is opened', () => {
  const view = readMailView({ before: '40' })
  expect(mailHref(view, { status: 'sent' })).toBe('/mail?status=sent')
  expect(mailHref(view, { mail: 7 })).toBe('/mail?before=40&mail=7')
})
