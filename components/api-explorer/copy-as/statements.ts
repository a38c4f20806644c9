import type { Named, Value } from '../form-values'

/** How a language writes a value: an expression, before which it may need statements of its own. */
export type Write = {
  /** Stands for a parameter that is left out before one that is given. */
  omitted: string
  value: (name: string, value: Value, lines: string[]) => string
}

/** The arguments of a method up to the last that is given, and the statements that make them. */
export function writeArguments(parameters: string[], sent: Named[], { omitted, value }: Write) {
  const given = new Map(sent)
  const last = parameters.findLastIndex((name) => given.has(name))
  const lines: string[] = []
  const values = parameters.slice(0, last + 1).map((name) => {
    const of = given.get(name)
    return of ? value(name, of, lines) : omitted
  })
  return { lines: lines.length > 0 ? [...lines, ''] : [], values }
}

/** Gives each variable a name of its own: a word of both languages, with a number where it is taken. */
export function nameGiver(reserved: string[]) {
  const taken = new Set(reserved)
  return (wanted: string) => {
    const plain = wanted.replace(/\W/g, '') || 'object'
    let name = plain
    for (let number = 2; taken.has(name); number++) name = `${plain}${number}`
    taken.add(name)
    return name
  }
}
