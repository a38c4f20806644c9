/** Milliseconds between two attempts. */
const shortestPause = 5_000
export const longestPause = 15 * 60_000

/**
 * How long to wait after so many attempts: doubled each time from 5 seconds to 15 minutes, and up to a quarter less by `chance`
 * (0 to 1), so that what failed together does not come back together.
 */
export function backOff(attempts: number, chance: number) {
  const doubled = Math.min(longestPause, shortestPause * 2 ** (attempts - 1))
  return Math.max(shortestPause, Math.round(doubled * (1 - chance / 4)))
}
