import type { UserData } from '@/lib/user/schema'
import { allProfileFields, type ProfileField } from './profile-fields'

export type ProfileValues = Pick<UserData, ProfileField>

/** A save that came too late: what was read, what is typed here, what somebody else stored since. */
export type Sides = { base: ProfileValues; yours: ProfileValues; theirs: ProfileValues }

/** The fields in which two sets of values differ; an absent text is an empty one. */
export function differing(one: ProfileValues, other: ProfileValues): ProfileField[] {
  return allProfileFields.filter((field) => (one[field] ?? '') !== (other[field] ?? ''))
}

/** Which fields both changed, to different values, and which only one side did. */
export function sortedConflict({ base, yours, theirs }: Sides) {
  const mine = differing(base, yours)
  const others = differing(base, theirs)
  const apart = differing(yours, theirs)
  return {
    both: mine.filter((field) => others.includes(field) && apart.includes(field)),
    onlyYours: mine.filter((field) => !others.includes(field)),
    onlyTheirs: others.filter((field) => !mine.includes(field)),
  }
}

/** What is left to save over theirs: what only you changed, and what you keep of the fields that both did. */
export function kept(sides: Sides, givenUp: ReadonlySet<ProfileField>): ProfileField[] {
  const { both, onlyYours } = sortedConflict(sides)
  return [...onlyYours, ...both.filter((field) => !givenUp.has(field))]
}
