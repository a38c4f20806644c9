import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { mailOutbox } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import { asAdmin, codeOf, data, newAccount } from '@/lib/testing'
import { mailEvents } from '../enums'
import { isKeyLink } from '../events'
import { contextOfAccount, queue } from '../testing'
import { getMail } from './get-mail'

freshDatabase()

describe('mail.get', () => {
  it('shows both bodies of every kind of mail, and no key in them', async () => {
    const account = await newAccount()
    const ctx = await contextOfAccount(account.partnerId)
    for (const event of mailEvents) {
      const { key } = await queue(ctx, { event, recipient: 'grace@acme.example' })
      const mail = data(await asAdmin(account, getMail, { key }))
      expect(mail, event).toMatchObject({ key, event, recipient: 'grace@acme.example', status: 'queued' })
      expect(mail.html, event).toContain('<h1')
      expect(mail.text, event).toContain(mail.subject)
      const isSecret = Object.entries(isKeyLink).some(([named, hasKey]) => named === event && hasKey)
      expect(mail.isMasked, event).toBe(isSecret)
      if (isSecret) expect(JSON.stringify(mail), event).not.toContain('KEY')
    }
  })

  it('knows no mail of another account, nor one that never was', async () => {
    const { key } = await queue(await contextOfAccount((await newAccount()).partnerId))
    const account = await newAccount()
    expect(codeOf(await asAdmin(account, getMail, { key }))).toBe('INVALID_OBJECT_ID')
    expect(codeOf(await asAdmin(account, getMail, { key: 0 }))).toBe('INVALID_OBJECT_ID')
  })

  it('says what it knows of a mail that was sealed under another secret or is of a kind unknown here', async () => {
    const account = await newAccount()
    const { key } = await queue(await contextOfAccount(account.partnerId))
    for (const change of [{ params: '1.AAAA' }, { event: 'of-tomorrow' }]) {
      await acrossPartners(() => db().update(mailOutbox).set(change).where(eq(mailOutbox.key, key)))
      const mail = data(await asAdmin(account, getMail, { key }))
      expect(mail).toMatchObject({ key, subject: null, html: null, text: null, isLinkShowable: false })
    }
  })
})
