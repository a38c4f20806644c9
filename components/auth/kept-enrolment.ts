import type { Enrolment } from '@/lib/account/schema'
import { forgetInTab, keepObjectInTab, objectKeptInTab } from './tab-memory'

/** What a signed-in person has begun and may have scanned already, after the page was loaded again. By a link it is asked for anew. */

/** Milliseconds: the server waits no longer for the code. */
const life = 60 * 60 * 1000

type Kept = Enrolment & { person: string; begunAt: number }

export function keepEnrolment(person: string, begun: Enrolment) {
  keepObjectInTab('enrolment', { ...begun, person, begunAt: Date.now() } satisfies Kept)
}

/** Null where nothing was begun, or it is over, or somebody else did. */
export function keptEnrolment(person: string): Enrolment | null {
  const kept = objectKeptInTab<Kept>('enrolment')
  return kept && kept.person === person && Date.now() - kept.begunAt < life ? kept : null
}

export const forgetEnrolment = () => forgetInTab('enrolment')
