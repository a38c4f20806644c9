import 'server-only'
import type { z } from 'zod'
import type { Action } from '@/lib/action/define-action'
import type { Result } from '@/lib/action/result'
import { runAction } from '@/lib/action/run-action'
import { inSession } from '@/lib/auth/session'

/** An action as pages call it: for the person who is signed in. */
export function serverAction<I extends z.ZodType, O extends z.ZodType>(action: Action<I, O>) {
  return async (input: z.input<I>): Promise<Result<z.output<O>>> => inSession((ctx) => runAction(action, ctx, input))
}
