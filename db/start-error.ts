/** The database cannot be served by this version, or not at all; the message says what to do. */
export class StartError extends Error {
  override name = 'StartError'
}

/** What a database that cannot be used comes to. `place` is what was tried, without a password. */
export function unusable(place: string, error: unknown) {
  const { code, message } = error as Error & { code?: string }
  return new StartError(
    `The database at ${place} cannot be used (${code ?? message}): see that it is there and that DATABASE_URL is right.`,
  )
}
