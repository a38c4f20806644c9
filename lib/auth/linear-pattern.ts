import { RE2JS } from 're2js'
import type { Finder } from './password-rules'

/**
 * Finds an account's own expression in a text, in time linear to both, whatever the expression (I10): the same engine on the server and
 * in the browser. Throws for what it cannot run: look-around, back-references, and what is no expression. Large: pages load it when needed.
 */
export const linearFinder: Finder = (pattern) => {
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.matcher(text).find()
}

export function isRunnable(pattern: string) {
  try {
    linearFinder(pattern)
    return pattern !== ''
  } catch {
    return false
  }
}
