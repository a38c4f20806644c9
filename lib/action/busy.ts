/**
 * Seconds after which whoever was refused by `ACTION_BLOCKED` may come again. Room to hash is there again at once; who floods is told so again.
 * The same goes for a database that could not do it now.
 */
export const busySeconds = 10

/** The header that says so. */
export const comeAgain = { 'Retry-After': String(busySeconds) }

/** The headers of an answer with this code. */
export const comeAgainAfter = (code: string) => (code === 'ACTION_BLOCKED' || code === 'INTERNAL_DATABASE_ERROR' ? comeAgain : {})
