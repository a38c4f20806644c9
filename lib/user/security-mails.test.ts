import { expect, it, onTestFinished } from 'vitest'
import type { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { confirmEnrolment } from '@/lib/account/actions/confirm-enrolment'
import { removeSecondFactor } from '@/lib/account/actions/remove-second-factor'
import { startEnrolment } from '@/lib/account/actions/start-enrolment'
import { inBrowser } from '@/lib/account/testing'
import type { Action } from '@/lib/action/define-action'
import type { Result } from '@/lib/action/result'
import { runAction } from '@/lib/action/run-action'
import { codeAt, enrolled, makePerson, noon, password } from '@/lib/auth/testing'
import { newSender } from '@/lib/mail/deliver'
import { startSink } from '@/lib/mail/smtp-testing'
import { getSettings } from '@/lib/partner/actions/get-settings'
import { updateSettings } from '@/lib/partner/actions/update-settings'
import { type Account, codeOf, contextOf, data, goodPassword, newAccount } from '@/lib/testing'
import { disableLogin } from './actions/disable-login'
import { enableLogin } from './actions/enable-login'
import { resetSecondFactor } from './actions/reset-second-factor'
import { updateUser } from './actions/update-user'

freshDatabase()

const minute = 60_000
let people = 0

type Change = {
  /** Whom it concerns. */
  email: string
  refused: () => Promise<Result<unknown>>
  done: () => Promise<Result<unknown>>
}

type By = <I extends z.ZodType, O extends z.ZodType>(action: Action<I, O>, input: z.input<I>) => Promise<Result<z.output<O>>>

/** What somebody of the account does, at the time of the tests. */
const by =
  (account: Account, who: Parameters<typeof contextOf>[1] = {}): By =>
  async (action, input) =>
    runAction(action, await contextOf(account, { at: { now: noon }, ...who }), input)

const aFactor = () => enrolled(`factor-${++people}@example.com`)

/** An administrator changes somebody; whoever has no right to it is refused. */
async function byAdmin(account: Account, email: string, act: (by: By) => Promise<Result<unknown>>): Promise<Change> {
  const plain = await makePerson(account.partnerId)
  const nobody = by(account, { type: 0, userId: plain.user.id })
  return { email, refused: () => act(nobody), done: () => act(by(account)) }
}

const changes: [string, RegExp, (account: Account) => Promise<Change>][] = [
  [
    'a second factor that is set up',
    /^Your second factor is set up for /,
    async ({ partnerId }) => {
      const person = await makePerson(partnerId)
      const { ctx } = await inBrowser(person)
      const { setupKey } = data(await runAction(startEnrolment, ctx, { password }))
      const confirm = (otp: string) => runAction(confirmEnrolment, ctx, { otp })
      return { email: person.login.loginEmail, refused: () => confirm('000000'), done: () => confirm(codeAt(setupKey)) }
    },
  ],
  [
    'a second factor that the person removes',
    /^Your second factor for .* was removed$/,
    async ({ partnerId }) => {
      const { seed, columns } = aFactor()
      const person = await makePerson(partnerId, {}, columns)
      const { ctx } = await inBrowser(person, { otp: codeAt(seed, noon - 5 * minute), now: noon - 5 * minute })
      const remove = (otp: string) => runAction(removeSecondFactor, { ...ctx, now: noon }, { password, otp })
      return { email: columns.loginEmail, refused: () => remove('000000'), done: () => remove(codeAt(seed)) }
    },
  ],
  [
    'a second factor that an administrator removes',
    /^Your second factor for .* was removed$/,
    async (account) => {
      const { columns } = aFactor()
      const { user } = await makePerson(account.partnerId, {}, columns)
      return byAdmin(account, columns.loginEmail, (by) => by(resetSecondFactor, { userId: user.id }))
    },
  ],
  [
    'a second factor that the account begins to ask for',
    /^Set up your second factor for /,
    async (account) => {
      const { login } = await makePerson(account.partnerId, { isAdmin: true })
      const { version } = data(await by(account)(getSettings, {}))
      return byAdmin(account, login.loginEmail, (by) => by(updateSettings, { version, secondFactor: 'admins' }))
    },
  ],
  [
    'being made an administrator',
    /^You are an administrator of Acme$/,
    async (account) => {
      const { user, login } = await makePerson(account.partnerId)
      return byAdmin(account, login.loginEmail, (by) => by(updateUser, { userId: user.id, user: { isAdmin: true } }))
    },
  ],
  [
    'a sign-in that is switched on',
    /^Your sign-in to Acme was switched on$/,
    async (account) => {
      const { user, login } = await makePerson(account.partnerId, { loginDataId: null })
      const loginId = `on-${login.loginEmail}`
      return byAdmin(account, loginId, (by) => by(enableLogin, { userId: user.id, loginId, password: goodPassword }))
    },
  ],
  [
    'a sign-in that is switched off',
    /^Your sign-in to Acme was switched off$/,
    async (account) => {
      const { user, login } = await makePerson(account.partnerId)
      return byAdmin(account, login.loginEmail, (by) => by(disableLogin, { userId: user.id }))
    },
  ],
]

it.each(changes)(
  'M12 %s is told the person by one mail that arrives, and by none when it fails',
  async (_what, subject, prepare) => {
    const { email, refused, done } = await prepare(await newAccount())
    const sink = await startSink()
    onTestFinished(() => sink.stop())
    const sender = newSender({ server: sink.server, clock: () => noon })
    const arrivedMails = async () => {
      await sender.deliverDue()
      return sink.arrived.filter(({ to }) => to.includes(email)).map(({ mail }) => mail)
    }

    expect(codeOf(await refused())).not.toBe('OK')
    expect(await arrivedMails()).toEqual([])
    expect(codeOf(await done())).toBe('OK')
    const [mail, ...more] = await arrivedMails()
    expect(more).toEqual([])
    expect(mail?.subject).toMatch(subject)
    for (const body of [mail?.text, mail?.html]) expect(body).toContain('Acme')
  },
)
