'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo, useRef } from 'react'
import { hrefOf, readView, type UsersView } from './users-view'

/**
 * The view in the address, and how to change it without asking the server for the page again. `open` and `close` are for drawers:
 * closing one that was opened here goes back, so that "back" never finds an open drawer again.
 */
export function useUsersView() {
  const params = useSearchParams()
  const view = useMemo(() => readView(Object.fromEntries(params)), [params])
  const isOpenedHere = useRef(false)

  const show = (changes: Partial<UsersView>) => showView(view, changes)
  const open = (changes: Partial<UsersView>) => {
    isOpenedHere.current = true
    show(changes)
  }
  const close = (changes: Partial<UsersView>) => {
    if (isOpenedHere.current) window.history.back()
    else window.history.replaceState(null, '', hrefOf(view, changes))
    isOpenedHere.current = false
  }
  return { view, show, open, close }
}

/** Typing replaces the address; everything else is a step that "back" undoes. */
function showView(view: UsersView, changes: Partial<UsersView>) {
  const isTyping = Object.keys(changes).every((name) => name === 'q') && view.q !== undefined
  window.history[isTyping ? 'replaceState' : 'pushState'](null, '', hrefOf(view, changes))
}
