import 'server-only'
import Bowser from 'bowser'
import type { LoginDataRow } from '@/db/queries/login-data'
import { findLoginSource, isKnownElsewhere, updateLoginSource } from '@/db/queries/login-sources'
import type { Context } from '@/lib/action/context'
import { knownFor } from './lockout'
import { sourceOf } from './source-limit'

const mostDevices = 10

/**
 * The browser and its system as people call them in any language, such as "Firefox (Linux)"; without versions, which change by themselves.
 * Empty where neither is known.
 */
export function deviceName(userAgent: string | null) {
  if (!userAgent) return ''
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500))
  return browser.name && os.name ? `${browser.name} (${os.name})` : (browser.name ?? os.name ?? '')
}

/**
 * Remembers that the person signed in from here, and answers whether that is news to him: another address or another browser than
 * ever before, for somebody who has signed in before. Inside a transaction, after the attempt was counted.
 */
export async function rememberDevice(ctx: Context, login: LoginDataRow): Promise<boolean> {
  const source = sourceOf(ctx.address)
  const here = await findLoginSource(login.id, source)
  const device = deviceName(ctx.userAgent)
  const devices = here?.devices ?? []
  const isFamiliar = here?.signedInAt != null && devices.includes(device)
  const isFirst = here?.signedInAt == null && !(await isKnownElsewhere(login.id, source, ctx.now - knownFor))
  await updateLoginSource(login.id, source, {
    signedInAt: laterOf(here?.signedInAt ?? 0, ctx.now),
    devices: [device, ...devices.filter((other) => other !== device)].slice(0, mostDevices),
    seenAt: ctx.now,
  })
  return !isFamiliar && !isFirst
}

/** Of sign-ins at once, the one that came last may be done first; a moment further ahead is one that a clock set back has left behind. */
function laterOf(known: number, now: number) {
  return known - now < 60_000 ? Math.max(known, now) : now
}
