'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { BackupCodes, goToOwnFactor } from './backup-codes'
import { keptInTab } from './tab-memory'

/** The backup codes that the person has not said to have kept yet, after the page was loaded again; else what is inside. */
export function KeptBackupCodes({ isSignedIn, children }: { isSignedIn: boolean; children: ReactNode }) {
  const [codes, setCodes] = useState<string[] | null>(null)

  useEffect(() => setCodes(keptInTab('backupCodes')?.split('\n') ?? []), [])

  if (codes === null) return null
  return codes.length > 0 ? <BackupCodes codes={codes} onKept={isSignedIn ? goToOwnFactor : undefined} /> : children
}
