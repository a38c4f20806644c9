import { isIP } from 'node:net'

/**
 * The client's address: the connection's own, or, behind `trustedHops` proxies, the one that the outermost of them saw. Whatever else
 * a client writes into `X-Forwarded-For` is ignored.
 */
export function clientAddress(connection: string | undefined, forwardedFor: string | undefined, trustedHops: number) {
  const own = (connection ?? '').replace(/^::ffff:/, '')
  if (trustedHops === 0 || !forwardedFor) return own
  const hops = forwardedFor.split(',').map((hop) => hop.trim())
  const seen = hops.at(-Math.min(trustedHops, hops.length)) ?? ''
  return isIP(seen) ? seen : own
}
