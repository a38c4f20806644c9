'use client'

import type { FieldDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import classes from './api-explorer.module.css'
import { typeName } from './type-name'

/** The name as programs write it, and what it holds. */
export function FieldName({ doc }: { doc: FieldDoc }) {
  const text = useText().apiExplorer
  return (
    <>
      <code className={classes['field']}>{doc.name}</code> <span className={classes['type']}>{typeName(text, doc)}</span>
    </>
  )
}

type Words = ReturnType<typeof useText>['apiExplorer']

/** What the field means, and what it is when it is left out. */
export function descriptionOf(text: Words, doc: FieldDoc): string | undefined {
  const sentences = [
    doc.explanation,
    doc.kind === 'array' && text.listHint,
    doc.kind === 'time' && !doc.explanation && text.times,
    doc.default !== undefined && text.defaultIs(String(doc.default)),
  ]
  return sentences.filter(Boolean).join(' ') || undefined
}
