'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo, useRef } from 'react'

type Kind<V> = {
  read: (params: Record<string, string>) => V
  href: (view: V, changes: Partial<V>) => string
  /** The field that is typed letter by letter, if there is one. */
  typed?: keyof V & string
}

/**
 * The view in the address, and how to change it without asking the server for the page again. `open` and `close` are for drawers:
 * closing one that was opened here goes back, so that "back" never finds an open drawer again. `kind` is a constant.
 */
export function useView<V extends object>(kind: Kind<V>) {
  const params = useSearchParams()
  const view = useMemo(() => kind.read(Object.fromEntries(params)), [kind, params])
  // What was changed a moment ago may not be on the screen yet, but it is in the address.
  const current = () => kind.read(Object.fromEntries(new URLSearchParams(window.location.search)))
  const isOpenedHere = useRef(false)

  /** Typing on replaces the address; everything else is a step that "back" undoes. */
  const show = (changes: Partial<V>) => {
    const before = current()
    const { typed } = kind
    const isTyping = typed && Object.keys(changes).every((name) => name === typed) && before[typed] !== undefined
    window.history[isTyping ? 'replaceState' : 'pushState'](null, '', kind.href(before, changes))
  }
  const open = (changes: Partial<V>) => {
    isOpenedHere.current = true
    show(changes)
  }
  const close = (changes: Partial<V>) => {
    if (isOpenedHere.current) window.history.back()
    else window.history.replaceState(null, '', kind.href(current(), changes))
    isOpenedHere.current = false
  }
  return { view, show, open, close }
}
