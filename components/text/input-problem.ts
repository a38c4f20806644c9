import type { z } from 'zod'
import { fieldProblems, filled, type Refusal } from '@/lib/action/field-problems'
import type { Text } from './en'

/** What is wrong with what was typed, as people read it beside the field. Nothing where the schema says it itself. */
export function inputProblem(issue: z.core.$ZodRawIssue, { language, errors }: Text): string | undefined {
  const words = errors.input
  const isText = 'origin' in issue && issue.origin === 'string'
  switch (issue.code) {
    case 'custom': {
      const refusal = issue.params as Refusal | undefined
      return refusal && filled(fieldProblems[language][refusal.problem], refusal.args ?? {})
    }
    case 'too_small':
      if (isText) return issue.minimum === 1 ? words.required : words.tooShort(Number(issue.minimum))
      return words.least(Number(issue.minimum))
    case 'too_big':
      return isText ? words.tooLong(Number(issue.maximum)) : words.most(Number(issue.maximum))
    default:
      return words.invalid
  }
}
