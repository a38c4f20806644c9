'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { hrefOf, readView, type UsersView } from './users-view'

/** The view in the address, and how to change it without asking the server for the page again. */
export function useUsersView() {
  const params = useSearchParams()
  const view = useMemo(() => readView(Object.fromEntries(params)), [params])
  return { view, show: (changes: Partial<UsersView>) => showView(view, changes) }
}

/** Typing replaces the address; everything else is a step that "back" undoes. */
function showView(view: UsersView, changes: Partial<UsersView>) {
  const isTyping = Object.keys(changes).every((name) => name === 'q') && view.q !== undefined
  window.history[isTyping ? 'replaceState' : 'pushState'](null, '', hrefOf(view, changes))
}
