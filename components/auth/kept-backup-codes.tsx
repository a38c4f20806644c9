'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { BackupCodes, goToOwnFactor } from './backup-codes'
import { keptCodes } from './kept-codes'

/** The backup codes that the person has not said to have kept yet, after the page was loaded again; else what is inside. */
export function KeptBackupCodes({ person, children }: { person: string | null; children: ReactNode }) {
  const [codes, setCodes] = useState<string[] | null>(null)

  useEffect(() => setCodes(keptCodes(person)), [person])

  if (codes === null) return null
  return codes.length > 0 ? <BackupCodes codes={codes} onKept={person === null ? undefined : goToOwnFactor} /> : children
}
