import 'server-only'
import { randomInt } from 'node:crypto'
import { acrossPartners } from '@/db/partner-guard'
import { claimDueMail, endClaim, type MailRow, markMailSent } from '@/db/queries/outbox'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { backOff, longestPause } from './back-off'
import { compose } from './compose'
import { DeliveryFailure } from './delivery-failure'
import { type SmtpLine, type SmtpServer, smtpLine, smtpServer } from './smtp'
import { linkEndsAt, readMail, sealParams, withoutKey } from './stored-mail'

const minute = 60_000
/** Longer than one mail may take: who still holds a claim after it is gone. */
const lease = 3 * minute
/** So long a mail is tried, or kept for a server that is set later. What it says is old news then, and its link has expired. */
export const deliverableFor = 24 * 60 * minute
/** Conversations with the server at once. */
const mostLanes = 5
const pollEvery = 1_000
/** How long a mail under way may take once the process is told to stop. */
const patience = 5_000

type Options = {
  server: SmtpServer
  /** Epoch milliseconds. */
  clock?: () => number
  lanes?: number
}

export type Sender = {
  /** Begins to hand over what is due, unless the server failed a moment ago. */
  wake(): void
  /** The same; answers when nothing is left to do for now. */
  deliverDue(): Promise<void>
  stop(): Promise<void>
}

/** Sends what is in the outbox while the process runs, if there is a server to send it to. Answers how to stop it. */
export function startDelivery(): () => Promise<void> {
  const { smtpUrl } = env()
  if (!smtpUrl) return async () => {}
  const sender = newSender({ server: smtpServer(smtpUrl) })
  const timer = setInterval(sender.wake, pollEvery)
  timer.unref()
  return () => {
    clearInterval(timer)
    return sender.stop()
  }
}

/**
 * Takes mails out of the outbox and hands them to the server, a few at once. Any number of senders may run, in any number of processes:
 * a mail is claimed for a time before it is sent (R05), and goes to the next sender when its own is gone (R03).
 */
export function newSender({ server, clock = Date.now, lanes: most = mostLanes }: Options): Sender {
  const lanes = new Map<SmtpLine, Promise<void>>()
  let pausedUntil = 0
  let pauses = 0
  let isStopped = false

  const mayGoOn = () => !isStopped && clock() >= pausedUntil

  function beginLane() {
    if (!mayGoOn() || lanes.size >= most) return
    const line = smtpLine(server)
    const lane = acrossPartners(() => runLane(line))
      .catch((err) => log().error({ err }, 'mail delivery failed'))
      .finally(() => lanes.delete(line))
    lanes.set(line, lane)
  }

  async function runLane(line: SmtpLine) {
    try {
      for (let mail = await claim(); mail; mail = await claim()) {
        // Where one mail is due there may be more.
        beginLane()
        await deliver(mail, line)
      }
    } finally {
      line.close()
    }
  }

  const claim = async () => (mayGoOn() ? claimDueMail(clock(), clock() + lease) : null)

  async function deliver(mail: MailRow, line: SmtpLine) {
    if (clock() >= lastChance(mail)) return fail(mail, mail.lastError ?? 'It could not be sent in time.')
    try {
      await line.send(await compose(mail))
    } catch (error) {
      return putBack(mail, asFailure(error, mail))
    }
    pauses = 0
    await markMailSent(mail, { at: clock(), params: maskedParams(mail) })
  }

  async function putBack(mail: MailRow, { kind, message }: DeliveryFailure) {
    log().warn({ mail: mail.key, partnerId: mail.partnerId, kind, reason: message }, 'mail not delivered')
    if (kind === 'never') return fail(mail, message)
    if (kind === 'later') return retry(mail, clock() + backOff(mail.attempts, chance()), message)
    pause(kind)
    // It was not this mail's fault: it keeps its place in the queue, so that the oldest goes first when the server is back.
    return retry(mail, mail.createdAt, message)
  }

  /** Leaves the server alone for a while; what several lanes find out at once counts once. */
  function pause(kind: 'server' | 'account') {
    if (clock() < pausedUntil) return
    pauses++
    pausedUntil = clock() + (kind === 'account' ? longestPause : backOff(pauses, chance()))
  }

  return {
    wake: beginLane,
    async deliverDue() {
      beginLane()
      while (lanes.size > 0) await Promise.all(lanes.values())
    },
    async stop() {
      isStopped = true
      const timer = setTimeout(() => {
        for (const line of lanes.keys()) line.close()
      }, patience)
      await Promise.all(lanes.values())
      clearTimeout(timer)
    },
  }
}

const chance = () => randomInt(2 ** 32) / 2 ** 32

function lastChance(mail: MailRow) {
  const stored = readMail(mail)
  const end = stored && linkEndsAt(stored)
  return Math.min(mail.createdAt + deliverableFor, end ?? Number.POSITIVE_INFINITY)
}

function retry(mail: MailRow, at: number, reason: string) {
  if (at >= lastChance(mail)) return fail(mail, reason)
  return endClaim(mail, { status: 'queued', nextAttemptAt: at, lastError: reason })
}

function fail(mail: MailRow, reason: string) {
  return endClaim(mail, { status: 'failed', nextAttemptAt: mail.nextAttemptAt, lastError: reason })
}

/** The copy that stays tells everything but the link, which is for its reader alone. */
function maskedParams(mail: MailRow) {
  const stored = readMail(mail)
  return stored ? sealParams(mail.partnerId, withoutKey(stored).params) : mail.params
}

function asFailure(error: unknown, mail: MailRow) {
  if (error instanceof DeliveryFailure) return error
  log().error({ mail: mail.key, err: error }, 'mail could not be written')
  return new DeliveryFailure('later', 'The mail could not be written; the log says why.')
}
