import { expect, it } from 'vitest'
import { updatePartner } from '@/db/queries/partners'
import type { NewUser } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import type { PartnerSettings } from '@/db/types'
import { runAction } from '@/lib/action/run-action'
import { login as loginAction } from '@/lib/user/actions/login'
import { hashCount } from './password'
import { refuseFloodingSource } from './source-limit'
import { enrolled, lockSource, type makeLogin, makePartner, makePerson, noon, password, wire } from './testing'

freshDatabase()

type Case = {
  settings?: PartnerSettings
  user?: Partial<NewUser>
  login?: Parameters<typeof makeLogin>[1]
  given?: string
  userId?: string
  status?: number
  isLocked?: boolean
}

const otp = enrolled('counted@example.com').columns

const guesses: [code: string, of: Case][] = [
  ['USER_NOT_FOUND', { userId: 'nobody' }],
  ['USER_WRONG_PASSWORD', { given: 'wrong' }],
  ['MISSING_OTP', { settings: { secondFactor: 'all' }, login: otp }],
  ['LOGIN_RETRIES_EXCEEDED', { settings: { maxLoginAttempts: 1 }, given: 'wrong' }],
]

/** Not the caller's doing, or nothing that a guess could have met with. */
const others: [code: string, of: Case][] = [
  ['OK', {}],
  ['LOGIN_BLOCKED', { isLocked: true }],
  ['USER_IS_BLOCKED', { user: { status: 0 } }],
  ['USER_IS_BLOCKED', { status: 3 }],
  ['DIRECT_LOGIN_BLOCKED', { settings: { directLoginBlocked: true } }],
  ['PASSWORD_EXPIRED', { settings: { passwordReplaceFrequency: 60 }, login: { passwordUpdatedAt: noon - 61_000 } }],
]

let addresses = 0

/** Whether one attempt, which ends with this code, is counted for its address. */
async function isCounted(code: string, of: Case) {
  const partnerId = await makePartner(of.settings)
  const { user, login } = await makePerson(partnerId, of.user, of.login)
  if (of.status !== undefined) await updatePartner(partnerId, { status: of.status })
  const address = `198.51.100.${++addresses}`
  if (of.isLocked) await lockSource(login, address, noon + 1000)
  const input = { partnerId, userId: of.userId ?? user.id, password: of.given ?? password }
  const result = await runAction(loginAction, wire({ address }), input)
  expect(result.ok ? 'OK' : result.error.code).toBe(code)
  try {
    refuseFloodingSource(address, 1, noon)
    return false
  } catch {
    return true
  }
}

it.each(guesses)('A12 %s counts for the address it came from', async (code, of) => {
  expect(await isCounted(code, of)).toBe(true)
})

it('A12 one address that tries two thousand logins once, many at a time, is refused before a tenth of them cost a hash', async () => {
  const partnerId = await makePartner()
  const attempt = (userId: string) =>
    runAction(loginAction, wire({ address: '198.51.100.250' }), { partnerId, userId, password: 'wrong' })
  const before = hashCount.value
  const codes: string[] = []
  for (let wave = 0; wave < 20; wave++) {
    const results = await Promise.all(Array.from({ length: 100 }, (_, number) => attempt(`person-${wave}-${number}`)))
    codes.push(...results.map((result) => (result.ok ? 'OK' : result.error.code)))
  }
  expect(hashCount.value - before).toBe(180)
  expect(codes.filter((code) => code === 'USER_NOT_FOUND')).toHaveLength(180)
  expect(codes.filter((code) => code === 'ACTION_BLOCKED')).toHaveLength(1_820)
})

it.each(others)('A12 %s does not count for the address', async (code, of) => {
  expect(await isCounted(code, of)).toBe(false)
})
