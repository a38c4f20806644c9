'use client'

import { createContext, use } from 'react'
import type { Text } from './en'

export const TextContext = createContext<Text | null>(null)

/** The strings of the reader's language, in client components. */
export function useText(): Text {
  const text = use(TextContext)
  if (!text) throw new Error('Text is used outside of its provider')
  return text
}
