import 'server-only'
import type { ListedAppToken } from '@/db/queries/app-tokens'
import type { PartnerContext } from '@/lib/action/context'
import { splitPrivileges } from '@/lib/auth/ks'
import { grantablePrivileges, readPrivileges } from '@/lib/auth/privileges'

type Asked = { userId?: string | null; type?: number | null; expiry?: number | null; sessionPrivileges?: string | null }

/** The session that a token starts (appendix A): what the token says wins over what its user asks for. */
export async function sessionOfToken(ctx: PartnerContext, token: ListedAppToken, asked: Asked) {
  const type = token.sessionType ?? asked.type ?? 0
  const untilTokenEnds =
    token.expiresAt === null ? Number.POSITIVE_INFINITY : Math.floor(token.expiresAt / 1000) - Math.floor(ctx.now / 1000)
  return {
    type,
    userId: token.sessionUserId ?? asked.userId ?? '',
    expiry: Math.min(asked.expiry ?? token.sessionDuration, token.sessionDuration, untilTokenEnds),
    privileges: await privilegesOf(ctx, token, type, asked.sessionPrivileges ?? ''),
    source: 'secret' as const,
  }
}

/**
 * The token's own privileges, then those asked for that raise nothing and that the token leaves open. The session id is the token's, so
 * that its sessions end with it.
 */
async function privilegesOf({ partner }: PartnerContext, token: ListedAppToken, type: number, asked: string) {
  const own = without(['sessionid', 'apptoken'], token.sessionPrivileges ?? '')
  const fixed = new Set([...readPrivileges(own).keys(), 'sessionid', 'apptoken', 'widget'])
  const harmless = await grantablePrivileges(asked, { isAdmin: false, mayTake: async () => false })
  // Whoever is named by the caller of a plain token lends it no roles.
  const isPlain = token.userKey === null && type === 0 && !fixed.has('setrole')
  return [
    `sessionid:${token.id},apptoken:${token.id}`,
    own,
    isPlain ? `setrole:${partner.settings.userSessionRoleId}` : '',
    without([...fixed], harmless),
  ]
    .filter(Boolean)
    .join(',')
}

function without(names: string[], privileges: string) {
  return splitPrivileges(privileges)
    .filter(([name]) => !names.includes(name))
    .map(([name, value]) => (value === '' ? name : `${name}:${value}`))
    .join(',')
}
