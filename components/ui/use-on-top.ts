'use client'

import { useCallback, useEffect, useState } from 'react'

/** The dialogs that are open, the topmost last. */
const open: object[] = []

/**
 * Tells whether no other dialog that uses it lies above: Escape reaches every dialog that is open, and is meant for the topmost. One that
 * has just closed counts until the key has gone round.
 */
export function useOnTop(): () => boolean {
  const [self] = useState(() => ({}))
  useEffect(() => {
    open.push(self)
    return () => void setTimeout(() => open.splice(open.indexOf(self), 1), 0)
  }, [self])
  return useCallback(() => open.at(-1) === self, [self])
}
