/** What the two databases say of failures that are not the fault of a statement. */

/** Whether another change was in the way: the whole of this one may be begun anew. */
export const isContention = (error: unknown) => codesOf(error).some((code) => code === '40001' || code === '40P01')

/** Whether the database could not do it now and may do it later: it is locked, full, starting, read-only, too slow or away. */
export const isUnavailable = (error: unknown) => codesOf(error).some((code) => unavailable.test(code))

/** Classes 08 (connection), 40 (rolled back), 53 (resources), 57 (operator), 58 (system) and some more of PostgreSQL. */
const unavailable = new RegExp(
  [
    'SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN)\\w*',
    '(08|40|53|57|58)[0-9A-Z]{3}|55P03|25006|25P0[34]',
    'ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|EAI_AGAIN|ENOTFOUND',
    'no connection',
  ]
    .map((codes) => `^(${codes})$`)
    .join('|'),
)

/** The driver has sentences for connections that it lost, or could not get in time. */
const noConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed))/

/** Drizzle wraps what a driver throws. */
function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, message } = cause as Error & { code?: unknown }
    if (typeof code === 'string') codes.push(code)
    if (noConnection.test(message)) codes.push('no connection')
  }
  return codes
}
