import type { BackupCodes } from '@/lib/account/schema'
import { forgetInTab, keepObjectInTab, objectKeptInTab } from './tab-memory'

/** The backup codes that a person has not said to have kept yet, after the page was loaded again. Nobody (null) has come by a link. */

/** Milliseconds: whoever comes to the tab later is somebody else. */
const life = 60 * 60 * 1000

/** The codes, and the address that they are for. */
export type GivenCodes = Pick<BackupCodes, 'email' | 'codes'>

type Kept = GivenCodes & { person: string | null; givenAt: number }

export const keepCodes = (person: string | null, { email, codes }: GivenCodes) =>
  keepObjectInTab('backupCodes', { person, email, codes, givenAt: Date.now() } satisfies Kept)

/** Null where there are none, or they are somebody else's. */
export function keptCodes(person: string | null): GivenCodes | null {
  const kept = objectKeptInTab<Kept>('backupCodes')
  return kept && kept.person === person && Date.now() - kept.givenAt < life ? { email: kept.email, codes: kept.codes } : null
}

export const forgetCodes = () => forgetInTab('backupCodes')
