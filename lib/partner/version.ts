/** The moment of a change, which is the account's version: two changes are two versions, however soon one follows the other. */
export const laterVersion = (before: { updatedAt: number }, now: number) => Math.max(now, before.updatedAt + 1)
