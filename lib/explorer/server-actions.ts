'use server'

import { keepRenewed, sessionContext } from '@/lib/auth/session'
import { runByName } from '@/lib/transport/run-by-name'
import type { Run } from './schema'

export async function runAsMe(call: Run) {
  const ctx = await sessionContext()
  const result = await runByName(ctx, call)
  await keepRenewed(ctx)
  return result
}
