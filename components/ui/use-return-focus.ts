'use client'

import { useEffect, useState } from 'react'

/**
 * Gives the focus back when a dialog that is mounted open goes away: to what had it before, or, if that is gone too, to the dialog
 * below or the page's content. Mantine's own return needs a dialog that is mounted closed. `given` where the opener lost the focus before.
 */
export function useReturnFocus(given?: Element | null) {
  const [opener] = useState(() => given ?? (typeof document === 'undefined' ? null : document.activeElement))
  useEffect(() => () => void setTimeout(() => giveBack(opener), 0), [opener])
}

function giveBack(opener: Element | null) {
  // Somebody else has taken the focus, such as a notification with "Undo".
  if (document.activeElement && document.activeElement !== document.body) return
  const places = [
    opener?.isConnected && opener !== document.body ? opener : null,
    ...document.querySelectorAll('[role="dialog"], #content'),
  ]
  for (const place of places) {
    if (place instanceof HTMLElement) place.focus({ preventScroll: true })
    if (document.activeElement === place) return
  }
}
