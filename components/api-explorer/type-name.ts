import type { FieldDoc } from '@/lib/explorer/schema'
import type { Text } from '../text/en'

/** What a field holds, in words: "whole number", "list of KalturaUser". */
export function typeName(text: Text['apiExplorer'], doc: FieldDoc): string {
  if (doc.kind === 'array') return doc.item ? text.listOf(typeName(text, doc.item)) : text.types.array
  return doc.type ?? text.types[doc.kind]
}
