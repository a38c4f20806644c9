import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { type ExplorerView, hrefOf, readView } from './explorer-view'

/**
 * The view in the address, and how to change it without asking the server for the page again: `open` is a step that "back" undoes,
 * `keep` is for what is typed.
 */
export function useExplorerView() {
  const params = useSearchParams()
  const view = useMemo(() => readView(new URLSearchParams(params)), [params])
  const open = (changes: Partial<ExplorerView>) => window.history.pushState(null, '', hrefOf({ ...view, ...changes }))
  const keep = (changes: Partial<ExplorerView>) => window.history.replaceState(null, '', hrefOf({ ...view, ...changes }))
  return { view, open, keep }
}
