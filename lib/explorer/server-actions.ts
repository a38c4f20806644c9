'use server'

import { inSession } from '@/lib/auth/session'
import { runByName } from '@/lib/transport/run-by-name'
import type { Run } from './schema'

export async function runAsMe(call: Run) {
  return inSession((ctx) => runByName(ctx, call))
}
