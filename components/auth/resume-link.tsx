'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { keptInTab, type LinkPath } from './tab-memory'

/** The page of a link, opened without its key: goes on with the one that the tab keeps; without one it shows what is inside. */
export function ResumeLink({ path, children }: { path: LinkPath; children: ReactNode }) {
  const [hasNone, setHasNone] = useState(false)

  useEffect(() => {
    const hashKey = keptInTab(path)
    if (hashKey) window.location.replace(`${path}/${hashKey}`)
    else setHasNone(true)
  }, [path])

  return hasNone && children
}
