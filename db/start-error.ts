/** The database cannot be served by this version, or not at all; the message says what to do. */
export class StartError extends Error {
  override name = 'StartError'
}

/** What a database that cannot be used comes to. `place` is what was tried, without a password. */
export function unusable(place: string, error: unknown) {
  if (isDamage(error)) return damaged(place, error)
  const { code, message } = error as Error & { code?: string }
  return new StartError(
    `The database at ${place} cannot be used (${code ?? message}): see that it is there and that DATABASE_URL is right.`,
  )
}

/** What a file comes to that holds something else than was written to it: `found` is what SQLite says of it. */
export function damaged(file: string, found: unknown) {
  const finding = (found instanceof Error ? found.message : String(found)).replace(/\s+/g, ' ')
  return new StartError(
    `The database at ${file} is damaged (${finding}): stop all that uses it, move it and the files -wal and -shm beside it away, and put the newest backup that was made before in its place.`,
  )
}

/** Whether SQLite says that a file is no database, or not a whole one. */
export const isDamage = (error: unknown) => /^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code))
