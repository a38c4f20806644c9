import { describe, expect, it } from 'vitest'
import { clearAttempts, findLoginDataById, returnAttempt, takeAttempt } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { makeLogin, makePartner, noon } from './testing'

freshDatabase()

const limits = { most: 3, lockedFor: 60_000, now: noon }
const aLogin = async () => (await makeLogin(await makePartner(), { password: null })).id
const state = async (id: number) => {
  const login = await findLoginDataById(id)
  return { attempts: login?.loginAttempts, until: login?.loginBlockedUntil }
}

describe('attempts', () => {
  it('A01 counts to the limit, locks with the last, and counts anew when the lock is over', async () => {
    const id = await aLogin()
    expect(await takeAttempt(id, limits)).toEqual({ isLast: false })
    expect(await takeAttempt(id, limits)).toEqual({ isLast: false })
    expect(await takeAttempt(id, limits)).toEqual({ isLast: true })
    expect(await state(id)).toEqual({ attempts: 3, until: noon + 60_000 })
    expect(await takeAttempt(id, { ...limits, now: noon + 59_999 })).toBeNull()
    expect(await takeAttempt(id, { ...limits, now: noon + 60_000 })).toEqual({ isLast: false })
    expect(await state(id)).toEqual({ attempts: 1, until: null })
  })

  it('A02 lets no more than the limit pass when a hundred come at once', async () => {
    const id = await aLogin()
    const answers = await Promise.all(Array.from({ length: 100 }, () => takeAttempt(id, limits)))
    expect(answers.filter((answer) => answer !== null)).toHaveLength(3)
    expect(answers.filter((answer) => answer?.isLast)).toHaveLength(1)
    expect(await state(id)).toEqual({ attempts: 3, until: noon + 60_000 })
  })

  it('a limit of one locks at once, a lock of no time holds nobody', async () => {
    const id = await aLogin()
    expect(await takeAttempt(id, { most: 1, lockedFor: 0, now: noon })).toEqual({ isLast: true })
    expect(await takeAttempt(id, { most: 1, lockedFor: 0, now: noon })).toEqual({ isLast: true })
  })

  it('is cleared by a success, and given back where nothing was wrong', async () => {
    const id = await aLogin()
    await takeAttempt(id, limits)
    await takeAttempt(id, limits)
    await returnAttempt(id)
    expect(await state(id)).toEqual({ attempts: 1, until: null })
    await takeAttempt(id, limits)
    await takeAttempt(id, limits)
    await clearAttempts(id)
    expect(await state(id)).toEqual({ attempts: 0, until: null })
    await returnAttempt(id)
    expect(await state(id)).toEqual({ attempts: 0, until: null })
  })
})
