import 'server-only'
import type { z } from 'zod'
import type { Context, PartnerContext } from './context'
import type { ActionError, ErrorCode } from './errors'
import type { Permission } from './permissions'

type Common<I extends z.ZodType, O extends z.ZodType> = {
  /** `service.action`, by the contract's names. */
  name: `${string}.${string}`
  /** One sentence: what the action promises. */
  summary: string
  /** A query may be broken off between two statements when its caller goes away; a mutation is finished. */
  kind: 'query' | 'mutation'
  /** The parameters: a zod object built of `fields.ts`, in the order of the contract. */
  input: I
  output: O
  /** The codes of its own that a caller may meet, beside those of every call; for the description of the API. */
  errors?: readonly ErrorCode[]
  /** Services whose lists are stale after a success. */
  changes?: readonly string[]
  /** Rewrites an error before the caller sees it, where the contract hides it (§1.8); null answers `null`. */
  mask?: (error: ActionError) => ActionError | null
}

/** An action for a partner: any one of the permissions, within the rows of that partner alone. */
type PartnerAction<I extends z.ZodType, O extends z.ZodType> = Common<I, O> & {
  audience: 'partner'
  permission: readonly Permission[]
  handle: (ctx: PartnerContext, input: z.output<I>) => Promise<z.input<O>>
}

/** An action for anyone: a session that comes along is used if it is valid and ignored if not. Sees all partners. */
type PublicAction<I extends z.ZodType, O extends z.ZodType> = Common<I, O> & {
  audience: 'anyone'
  permission: readonly Permission[]
  handle: (ctx: Context, input: z.output<I>) => Promise<z.input<O>>
}

/** An action for whoever runs the installation: the command line only. */
type OperatorAction<I extends z.ZodType, O extends z.ZodType> = Common<I, O> & {
  audience: 'operator'
  permission: readonly []
  handle: (ctx: Context, input: z.output<I>) => Promise<z.input<O>>
}

export type Action<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> =
  | PartnerAction<I, O>
  | PublicAction<I, O>
  | OperatorAction<I, O>

// The registry holds actions of every shape; only `runAction` calls them, after parsing the input with their own schema.
// biome-ignore lint/suspicious/noExplicitAny: inputs differ by action and are checked before use
export type AnyAction = Action<any, any>

/** A service: action name → action, in the order of the contract. */
export type Service = Record<string, AnyAction>

export function defineAction<I extends z.ZodType, O extends z.ZodType>(action: Action<I, O>) {
  return action
}
