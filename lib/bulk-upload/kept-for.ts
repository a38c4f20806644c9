import 'server-only'

/** How long an uploaded file and the results of its rows are kept after it ended, milliseconds. */
export const uploadsKeptFor = 30 * 24 * 3_600_000
