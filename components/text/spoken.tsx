'use client'

import type { ReactNode } from 'react'
// The small build of zod, as in the list of users; the settings are those of both.
import { config } from 'zod/mini'
import type { Text } from './en'
import { inputProblem } from './input-problem'
import { TextContext } from './use-text'

/** All below speaks in these words, and so do the schemas that forms are judged by. */
export function Spoken({ text, children }: { text: Text; children: ReactNode }) {
  // Of the server one process speaks to readers of all languages, and nothing is judged by a form there.
  if (typeof window !== 'undefined') config({ customError: (issue) => inputProblem(issue, text) })
  return <TextContext value={text}>{children}</TextContext>
}
