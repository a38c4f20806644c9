import 'server-only'
import type { z } from 'zod'
import type { Context } from '@/lib/action/context'
import type { Action } from '@/lib/action/define-action'
import type { ErrorCode } from '@/lib/action/errors'
import type { Failed } from '@/lib/action/result'
import { runAction } from '@/lib/action/run-action'

/** A row that is not applied, by a code of the contract and a sentence for the uploader. */
export class RowRefused extends Error {
  override name = 'RowRefused'
  readonly code: ErrorCode

  constructor(code: ErrorCode, sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** Runs an action of a row; its refusal is the row's. */
export async function call<I extends z.ZodType, O extends z.ZodType>(
  ctx: Context,
  action: Action<I, O>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const result = await runAction(action, ctx, input)
  if (result.ok) return result.data
  throw new RowRefused(result.error.code, sentenceOf(result.error))
}

/** The action's own message, and what it says to the field at fault. */
function sentenceOf({ message, fields }: Failed['error']) {
  const [hint] = Object.values(fields)
  return hint && hint !== message ? `${message} ${hint}` : message
}
