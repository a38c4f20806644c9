/** Runs once when a server process starts, before it answers: migrates, and hands the front door what it needs. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { start } = await import('@/lib/start')
  await start()
}
