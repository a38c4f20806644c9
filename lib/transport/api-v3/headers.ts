import 'server-only'
import { comeAgainAfter } from '@/lib/action/busy'
import type { Context } from '@/lib/action/context'

const exposed =
  'Server, Content-Length, Content-Range, Date, X-Kaltura, X-Kaltura-Session, X-Me, X-Usher-Notice, X-Usher-Reason, Retry-After'

/** Every site may ask (§1.2): a browser sends nothing here by itself, as the wire reads no cookie (W08). */
export const preflightHeaders = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control',
  'Access-Control-Allow-Methods': 'POST, GET, HEAD, OPTIONS',
  'Access-Control-Max-Age': '86400',
  'Access-Control-Expose-Headers': exposed,
  'Content-Length': '0',
}

/** What every answer says. */
export const commonHeaders = ({ requestId }: Context): Record<string, string> => ({
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'no-referrer',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': exposed,
  'X-Kaltura-Session': requestId,
  'X-Me': 'usher',
})

export const errorHeaders = (code: string): Record<string, string> => ({
  'X-Kaltura': `error-${code}`,
  'X-Kaltura-App': `exiting on error ${code}`,
  ...comeAgainAfter(code),
})
