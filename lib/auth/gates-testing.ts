import { findLoginSource } from '@/db/queries/login-sources'
import { replaceExpiredPassword } from '@/lib/account/actions/replace-expired-password'
import type { Context } from '@/lib/action/context'
import type { Result } from '@/lib/action/result'
import { runAction } from '@/lib/action/run-action'
import { login } from '@/lib/user/actions/login'
import { loginByLoginId } from '@/lib/user/actions/login-by-login-id'
import { updateLoginData } from '@/lib/user/actions/update-login-data'
import { openBrowserSession } from './browser-session'
import { type makePerson, noon, password, wire } from './testing'

/** For tests: everything that takes a password from whoever comes. Each answers `OK` or the code, as it is before it is masked. */

export type Person = Awaited<ReturnType<typeof makePerson>>
export type Try = { password?: string; otp?: string; at?: number; address?: string; ctx?: Partial<Context> }

export const gates = {
  async 'user.login'({ user }: Person, of: Try) {
    const input = { partnerId: user.partnerId, userId: user.id, password: of.password ?? password }
    return codeOf(await runAction(login, ctxOf(of), input))
  },
  async 'user.loginByLoginId'({ login: { loginEmail } }: Person, of: Try) {
    const input = { loginId: loginEmail, password: of.password ?? password, otp: of.otp }
    return codeOf(await runAction({ ...loginByLoginId, mask: undefined }, ctxOf(of), input))
  },
  async 'browser.signIn'({ login: { loginEmail } }: Person, of: Try) {
    return openBrowserSession(ctxOf(of), loginEmail, of.password ?? password, { otp: of.otp }).then(
      () => 'OK',
      (error: { code: string }) => error.code,
    )
  },
  async 'user.updateLoginData'({ login: { loginEmail } }: Person, of: Try) {
    const input = { oldLoginId: loginEmail, password: of.password ?? password, otp: of.otp }
    return codeOf(await runAction({ ...updateLoginData, mask: undefined }, ctxOf(of), input))
  },
  async 'account.replaceExpiredPassword'({ login: { loginEmail } }: Person, of: Try) {
    const input = { loginId: loginEmail, password: of.password ?? password, newPassword: 'another-Tr4veller', otp: of.otp }
    return codeOf(await runAction({ ...replaceExpiredPassword, mask: undefined }, ctxOf(of), input))
  },
}

export type Gate = keyof typeof gates
export const everyGate = Object.keys(gates) as Gate[]
/** Those that let in. */
export const everyWay: Gate[] = ['user.login', 'user.loginByLoginId', 'browser.signIn']

const codeOf = (result: Result<unknown>) => (result.ok ? 'OK' : result.error.code)

let sources = 0
/** An address that nobody has used. */
export const newAddress = () => `198.51.${++sources >> 8}.${sources & 255}`

/** A caller of its own address, so that no limit by address gets in the way, unless one is given. */
export function ctxOf({ at = noon, address = newAddress(), ctx }: Try) {
  return wire({ now: at, address, ...ctx })
}

export const attemptsAt = async (person: Person, source: string) => (await findLoginSource(person.login.id, source))?.attempts
