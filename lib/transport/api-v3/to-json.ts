import 'server-only'
import type { Answer } from './call'

/** JSON as the official clients read it (§1.7, §1.8). */
export const toJson = (answer: Answer | Answer[]) =>
  JSON.stringify(Array.isArray(answer) ? answer.map(plainAnswer) : plainAnswer(answer))

/** The result, or the error as an object; `args` is an empty list where there are none. */
export function plainAnswer(answer: Answer): unknown {
  if ('data' in answer) return answer.data
  const { code, message, args } = answer.error
  return { code, message, objectType: 'KalturaAPIException', args: Object.keys(args).length === 0 ? [] : args }
}
