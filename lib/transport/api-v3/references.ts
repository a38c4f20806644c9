import 'server-only'
import { ActionError } from '@/lib/action/errors'
import { bodyLimit } from './body'
import type { Answer } from './call'
import { emptyParams, isMap, type Params, type ParamValue } from './params'

const reference = /\{(\d{1,4}):result((?::[^:{}]+)*)\}/

/**
 * The answers of earlier calls of a multirequest, for later ones to refer to (§1.10): `{1:result:id}` is the id that the first answered.
 * Only what was answered can be referred to; what is not there, is an object, or comes later, is an empty text.
 */
export function newReferences() {
  const answers: Answer[] = []
  // A text of a few characters can stand for a whole list; all that is put in together is held to the length of a body.
  let room = bodyLimit

  function resolve(params: Params): Params {
    const resolved = emptyParams()
    for (const [name, value] of Object.entries(params)) resolved[name] = resolvedValue(value, name)
    return resolved
  }

  function resolvedValue(value: ParamValue, name: string): ParamValue {
    if (Array.isArray(value)) return value.map((item) => resolvedValue(item, name))
    if (isMap(value)) return resolve(value)
    if (typeof value !== 'string') return value
    return value.replace(reference, (_, number: string, path: string) => {
      const text = textAt(answers[Number(number) - 1], path.split(':').slice(1))
      room -= text.length
      if (room < 0) throw new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: name, MAX_LEN: bodyLimit })
      return text
    })
  }

  return { add: (answer: Answer) => void answers.push(answer), resolve }
}

function textAt(answer: Answer | undefined, path: string[]) {
  return answer && 'data' in answer ? textOf(answer.data, path) : ''
}

function textOf(value: unknown, [step, ...rest]: string[]): string {
  if (step === undefined) return scalarText(value)
  if (Array.isArray(value)) {
    if (step === '_all') return value.map((item) => `${textOf(item, rest)},`).join('')
    return /^\d+$/.test(step) ? textOf(value[Number(step)], rest) : ''
  }
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, step)
  return isThere ? textOf((value as Record<string, unknown>)[step], rest) : ''
}

/** As the reference server prints it into text. */
function scalarText(value: unknown) {
  if (typeof value === 'boolean') return value ? '1' : ''
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
