/**
 * Runs once when a server process starts: migrates, and hands the front door what it needs. The framework does not wait for this
 * and only prints what goes wrong, so the front door is told in person.
 */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const frontDoor = (globalThis as Record<symbol, unknown>)[Symbol.for('usher.started')] as PromiseWithResolvers<void> | undefined
  try {
    const { start } = await import('@/lib/start')
    await start()
    frontDoor?.resolve()
  } catch (error) {
    frontDoor?.reject(error)
    throw error
  }
}
