'use client'

import { useEffect } from 'react'
import { keepInTab, type LinkPath } from './tab-memory'

/**
 * Takes the key of a link out of the address, where others could read it and the history would keep it (M11). The tab keeps it, so that
 * the page can be loaded again.
 */
export function useHiddenKey(path: LinkPath, hashKey: string) {
  useEffect(() => {
    keepInTab(path, hashKey)
    // Not before the router listens: it would write the address again.
    const timer = setTimeout(() => window.history.replaceState(null, '', path))
    return () => clearTimeout(timer)
  }, [path, hashKey])
}
