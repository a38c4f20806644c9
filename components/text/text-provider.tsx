'use client'

import dynamic from 'next/dynamic'
import type { ComponentType, ReactNode } from 'react'
import type { Language } from '@/lib/language'

/** A browser loads the words of its reader's language only. */
const inLanguage: Record<Language, ComponentType<{ children: ReactNode }>> = {
  en: dynamic(() => import('./in-english').then(({ InEnglish }) => InEnglish)),
  de: dynamic(() => import('./in-german').then(({ InGerman }) => InGerman)),
}

/** Has everything below speak the reader's language, by `useText`. */
export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const Speaking = inLanguage[language]
  return <Speaking>{children}</Speaking>
}
