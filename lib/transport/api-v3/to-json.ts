import 'server-only'
import type { Answer } from './call'

/** JSON as the official clients read it (§1.7, §1.8). */
export const toJson = (answer: Answer | Answer[]) => JSON.stringify(plainOf(answer))

/** The result, or the error as an object, or a list of such. */
export const plainOf = (answer: Answer | Answer[]) => (Array.isArray(answer) ? answer.map(plainAnswer) : plainAnswer(answer))

/** `args` is an empty list where there are none. */
function plainAnswer(answer: Answer): unknown {
  if ('data' in answer) return answer.data ?? null
  const { code, message, args } = answer.error
  return { code, message, objectType: 'KalturaAPIException', args: Object.keys(args).length === 0 ? [] : args }
}
