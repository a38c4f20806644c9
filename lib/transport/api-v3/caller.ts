import 'server-only'
import type { Context } from '@/lib/action/context'
import type { AnyAction } from '@/lib/action/define-action'
import { isCode } from '@/lib/action/errors'
import { readPrivileges } from '@/lib/auth/privileges'
import { invalidKs, withKs, withRequestedPartner } from '@/lib/auth/session-context'
import { coerceInt } from './coerce-scalar'
import type { Params, ParamValue } from './params'

/**
 * Finds out who asks, and for which account (§1.6), for each call of one request. The calls of a multirequest mostly come with one KS:
 * who was found for it is known until `forget`, to be called after whatever may have changed a user, a role or a session.
 */
export function newCallers(url: string) {
  const known = new Map<string, Pick<Context, 'actor' | 'partner'>>()
  const [uri = ''] = url.split('?', 1)

  /** An action for anyone goes on without a session that is not valid. */
  async function callerOf(params: Params, ctx: Context, action: AnyAction): Promise<Context> {
    const requestedPartnerId = wholeNumber(params.partnerId ?? params.p)
    const { ks } = params
    if (ks !== undefined && ks !== null && ks !== '') {
      try {
        if (typeof ks !== 'string') throw invalidKs('', 'INVALID_STR')
        return await holderOf(ks, requestedPartnerId, ctx, action)
      } catch (error) {
        if (action.audience !== 'anyone' || isCode(error, 'SERVICE_FORBIDDEN')) throw error
      }
    }
    return requestedPartnerId === undefined ? ctx : withRequestedPartner(ctx, requestedPartnerId)
  }

  async function holderOf(ks: string, requestedPartnerId: number | undefined, ctx: Context, action: AnyAction) {
    const key = `${requestedPartnerId} ${ks}`
    const found = known.get(key)
    if (found?.actor.kind === 'user' && found.actor.expiresAt * 1000 > ctx.now) return { ...ctx, ...found }

    const caller = await withKs(ctx, ks, { action: action.name, uri, requestedPartnerId })
    if (!isCounted(caller)) known.set(key, { actor: caller.actor, partner: caller.partner })
    return caller
  }

  return { callerOf, forget: () => known.clear() }
}

export type Callers = ReturnType<typeof newCallers>

/** Each use of such a token counts. */
function isCounted({ actor }: Context) {
  return actor.kind === 'user' && readPrivileges(actor.privileges).has('actionslimit')
}

/** An account id; 0 and what is no number count as absent. */
function wholeNumber(value: ParamValue | undefined) {
  const number = typeof value === 'string' || typeof value === 'number' ? coerceInt(value, 'partnerId') : 0
  return number === 0 ? undefined : number
}
