import { forgetInTab, keepInTab, keptInTab } from './tab-memory'

/** The backup codes that a person has not said to have kept yet, after the page was loaded again. Nobody (null) has come by a link. */

/** Milliseconds: whoever comes to the tab later is somebody else. */
const life = 60 * 60 * 1000

type Kept = { person: string | null; codes: string[]; givenAt: number }

export const keepCodes = (person: string | null, codes: string[]) =>
  keepInTab('backupCodes', JSON.stringify({ person, codes, givenAt: Date.now() } satisfies Kept))

/** Empty where there are none, or they are somebody else's. */
export function keptCodes(person: string | null): string[] {
  const kept: Kept | null = JSON.parse(keptInTab('backupCodes') ?? 'null')
  return kept && kept.person === person && Date.now() - kept.givenAt < life ? kept.codes : []
}

export const forgetCodes = () => forgetInTab('backupCodes')
