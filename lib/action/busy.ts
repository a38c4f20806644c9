/** Seconds after which whoever was refused by `ACTION_BLOCKED` may come again. Room to hash is there again at once; who floods is told so again. */
export const busySeconds = 10

/** The header that says so. */
export const comeAgain = { 'Retry-After': String(busySeconds) }
