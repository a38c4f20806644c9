'use client'

import { type RefObject, useEffect, useState } from 'react'

/** What has the focus when nothing in it has. */
const frames = '[role="dialog"], #content'

/**
 * Gives the focus back when a dialog that is mounted open goes away: to what had it before, or, if that is gone too, to the dialog
 * below or the page's content. Mantine's own return needs a dialog that is mounted closed. `given` where the opener lost the focus before.
 */
export function useReturnFocus(given?: Element | null) {
  const [opener] = useState(() => given ?? (typeof document === 'undefined' ? null : document.activeElement))
  useEffect(() => () => void setTimeout(() => giveBack(opener), 0), [opener])
}

/** Gives the focus back to what was pressed, as a button that cannot be pressed again before the answer is there loses it. */
export function useFocusAfter(isPending: boolean, pressed: RefObject<Element | null>) {
  useEffect(() => {
    const opener = pressed.current
    if (isPending || !opener || opener === document.body) return
    pressed.current = null
    // Later, so that a dialog that the answer opens has its focus.
    setTimeout(() => giveBack(opener), 0)
  }, [isPending, pressed])
}

function giveBack(opener: Element | null) {
  // Somebody else has taken the focus, such as a notification with "Undo".
  if (document.activeElement && !document.activeElement.matches(`body, ${frames}`)) return
  const places = [opener?.isConnected && opener !== document.body ? opener : null, ...document.querySelectorAll(frames)]
  for (const place of places) {
    if (place instanceof HTMLElement) place.focus({ preventScroll: true })
    if (document.activeElement === place) return
  }
}
