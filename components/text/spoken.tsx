'use client'

import type { ReactNode } from 'react'
import { z } from 'zod'
import type { Text } from './en'
import { inputProblem } from './input-problem'
import { TextContext } from './use-text'

/** All below speaks in these words, and so do the schemas that forms are judged by. */
export function Spoken({ text, children }: { text: Text; children: ReactNode }) {
  // Of the server one process speaks to readers of all languages, and nothing is judged by a form there.
  if (typeof window !== 'undefined') z.config({ customError: (issue) => inputProblem(issue, text) })
  return <TextContext value={text}>{children}</TextContext>
}
