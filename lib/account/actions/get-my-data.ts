import 'server-only'
import { type AuditRow, listAuditEntries } from '@/db/queries/audit'
import { findEmailChange } from '@/db/queries/email-changes'
import { listGroupsOfUser } from '@/db/queries/group-users'
import type { LoginDataRow } from '@/db/queries/login-data'
import { listLoginSources } from '@/db/queries/login-sources'
import { listMails } from '@/db/queries/outbox'
import { countBackupCodes } from '@/db/queries/second-factor'
import { listBrowserSessions } from '@/db/queries/sessions'
import { defineAction } from '@/lib/action/define-action'
import { deviceName } from '@/lib/auth/known-device'
import type { Membership } from '@/lib/auth/memberships'
import { ownMemberships } from '@/lib/auth/own-login'
import { placeOf } from '@/lib/auth/place'
import { endOf } from '@/lib/auth/session-life'
import { firstAddressOf } from '@/lib/auth/source-limit'
import { User } from '@/lib/user/schema'
import { toUser } from '@/lib/user/to-user'
import { MyData, NothingInput } from '../schema'

/** More than this of one kind is history that the log of the account still has. */
const mostOfAKind = 10_000

/**
 * What is kept about the signed-in person, in all accounts: never a secret, nor what a mail said (it may hold a link). Of what others
 * changed by this person only that it was so, as it is theirs. `MISSING_KS`.
 */
export const getMyData = defineAction({
  name: 'account.getMyData',
  summary: 'Answers what is kept about the signed-in person.',
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: NothingInput,
  output: MyData,
  errors: ['MISSING_KS'],

  async handle(ctx) {
    const { login, memberships } = await ownMemberships(ctx)
    const accounts: Record<string, unknown>[] = []
    for (const membership of memberships) accounts.push(await inAccount(membership, login, ctx.now))
    return {
      objectType: 'UsherMyData' as const,
      madeAt: new Date(ctx.now).toISOString(),
      login: await aboutLogin(login),
      accounts,
    }
  },
})

async function aboutLogin(login: LoginDataRow) {
  const sources = await listLoginSources(login.id)
  return {
    email: login.loginEmail,
    firstName: login.firstName,
    lastName: login.lastName,
    createdAt: iso(login.createdAt),
    updatedAt: iso(login.updatedAt),
    passwordChangedAt: iso(login.passwordUpdatedAt),
    secondFactorSince: iso(login.otpConfirmedAt),
    newEmailWaiting: (await findEmailChange(login.id))?.newEmail ?? null,
    backupCodesLeft: await countBackupCodes(login.id),
    failedAttempts: login.loginAttempts,
    lockedUntil: iso(login.loginBlockedUntil),
    signedInFrom: sources.map(({ source, devices, attempts, signedInAt, seenAt }) => ({
      ...{ address: source, place: placeOf(firstAddressOf(source)), devices, failedAttempts: attempts },
      ...{ signedInAt: iso(signedInAt), seenAt: iso(seenAt) },
    })),
  }
}

async function inAccount({ partner, user }: Membership, login: LoginDataRow, now: number) {
  const about = await listAuditEntries(partner.id, { targetType: 'user', targetKey: user.key }, mostOfAKind)
  const by = await listAuditEntries(partner.id, { actorId: user.id }, mostOfAKind)
  const mails = await listMails(partner.id, { recipient: login.loginEmail }, mostOfAKind)
  return {
    account: { id: partner.id, name: partner.name },
    user: User.parse(await toUser(partner, user)),
    groups: (await listGroupsOfUser(partner.id, user.key)).map(({ id, screenName }) => ({ id, name: screenName })),
    sessions: (await listBrowserSessions(partner.id, user.key, now)).map((session) => ({
      ...{ device: deviceName(session.userAgent), userAgent: session.userAgent, ...whence(session.address) },
      ...{
        startedAt: iso(session.startedAt),
        lastSeenAt: iso(session.lastSeenAt),
        expiresAt: iso(endOf(session, partner.settings)),
      },
    })),
    mails: mails.map(({ event, recipient, status, createdAt, sentAt }) => ({
      ...{ event, recipient, status },
      ...{ writtenAt: iso(createdAt), sentAt: iso(sentAt) },
    })),
    changesOfMe: about.map((entry) => changeOfMe(entry, user.id)),
    doneByMe: by.map(({ at, action, result, address, device }) => ({ at: iso(at), action, result, ...whence(address), device })),
  }
}

/** From where somebody else did it is his. */
function changeOfMe({ at, action, result, address, device, changes, reason, actorKind, actorId }: AuditRow, ownId: string) {
  const isOwn = actorKind === 'anonymous' || (actorKind === 'user' && actorId === ownId)
  return { at: iso(at), action, result, changes, reason, byMe: isOwn, ...(isOwn && { ...whence(address), device }) }
}

const whence = (address: string | null) => ({ address, place: placeOf(address) })

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
