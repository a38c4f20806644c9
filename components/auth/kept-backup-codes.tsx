'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { BackupCodes, goToOwnFactor } from './backup-codes'
import { type GivenCodes, keptCodes } from './kept-codes'

/** The backup codes that the person has not said to have kept yet, after the page was loaded again; else what is inside. */
export function KeptBackupCodes({ person, children }: { person: string | null; children: ReactNode }) {
  const [given, setGiven] = useState<GivenCodes | null>()

  useEffect(() => setGiven(keptCodes(person)), [person])

  if (given === undefined) return null
  return given ? <BackupCodes given={given} onKept={person === null ? undefined : goToOwnFactor} /> : children
}
