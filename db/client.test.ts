import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db, open, transaction } from './client'
import { acrossPartners, PartnerGuardError, withPartner } from './partner-guard'
import { partners, roles } from './schema/accounts'
import { users } from './schema/people'
import { freshDatabase } from './testing'

freshDatabase()

const aPartner = (name: string) => ({
  name,
  status: 1,
  adminSecrets: ['s'],
  userSecret: 'u',
  settings: {},
  createdAt: 1,
  updatedAt: 1,
})

describe('partner guard', () => {
  it('Z01 refuses a statement outside of a partner, without a partner, and of another partner', async () => {
    const ofPartner = (id: number) => db().select({ id: users.id }).from(users).where(eq(users.partnerId, id))

    await expect(ofPartner(102).execute()).rejects.toThrow(PartnerGuardError)
    await expect(withPartner(101, () => ofPartner(102).execute())).rejects.toThrow(PartnerGuardError)
    await expect(withPartner(101, () => db().select({ id: users.id }).from(users).execute())).rejects.toThrow(PartnerGuardError)
    await expect(withPartner(101, () => db().delete(roles).where(eq(roles.partnerId, 0)).execute())).rejects.toThrow(
      PartnerGuardError,
    )
    const insert = (partnerId: number) =>
      db()
        .insert(roles)
        .values([
          { partnerId: 101, name: 'one', status: 1, createdAt: 1, updatedAt: 1 },
          { partnerId, name: 'two', status: 1, createdAt: 1, updatedAt: 1 },
        ])
    await expect(withPartner(101, () => insert(102).execute())).rejects.toThrow(PartnerGuardError)

    await expect(withPartner(101, () => insert(101).execute())).resolves.toBeDefined()
    await expect(withPartner(101, () => ofPartner(101).execute())).resolves.toEqual([])
    await expect(withPartner(101, () => db().select().from(roles).where(eq(roles.partnerId, 0)).execute())).resolves.toHaveLength(
      5,
    )
    await expect(acrossPartners(() => db().select().from(users).execute())).resolves.toEqual([])
  })
})

describe('transaction', () => {
  it('commits all or nothing, and a nested one can fail alone', async () => {
    await expect(
      transaction(async () => {
        await db().insert(partners).values(aPartner('lost'))
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')

    await transaction(async () => {
      await db().insert(partners).values(aPartner('kept'))
      await transaction(async () => {
        await db().insert(partners).values(aPartner('lost too'))
        throw new Error('inner')
      }).catch(() => {})
    })
    expect((await db().select().from(partners)).map((partner) => partner.name)).toEqual(['kept'])
  })

  it('keeps writers that run at once apart', async () => {
    await db().insert(partners).values(aPartner('counter'))
    const add = () =>
      transaction(async () => {
        const [row] = await db().select().from(partners).where(eq(partners.name, 'counter'))
        await db()
          .update(partners)
          .set({ updatedAt: (row?.updatedAt ?? 0) + 1 })
          .where(eq(partners.name, 'counter'))
      })
    // PostgreSQL needs the lock to be asked for; here only that nothing is mixed up within one process.
    for (let i = 0; i < 20; i++) await add()
    const [row] = await db().select().from(partners).where(eq(partners.name, 'counter'))
    expect(row?.updatedAt).toBe(21)
  })
})

describe('a database that cannot be used', () => {
  it.each([
    ['file:/proc/nowhere/usher.db', 'The database at /proc/nowhere/usher.db cannot be used (ENOENT)'],
    ['postgres://ann:secret@localhost:1/usher', 'The database at localhost:1/usher cannot be used (ECONNREFUSED)'],
  ])('R37 %s is told by one sentence, without a password', async (url, sentence) => {
    await expect(async () => {
      const opened = open(url)
      await opened.migrate(async () => {}).finally(() => opened.close())
    }).rejects.toThrow(sentence)
  })
})
