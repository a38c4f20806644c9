/** Spans of time as people count them. */

export const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 }
export type Unit = keyof typeof unitSeconds

const largestFirst: Unit[] = ['days', 'hours', 'minutes', 'seconds']

/** `wanted`, or the largest smaller unit of which the seconds are a whole number: nothing is ever rounded away. */
export function exactUnit(seconds: number, wanted: Unit): Unit {
  const smaller = largestFirst.slice(largestFirst.indexOf(wanted))
  return smaller.find((unit) => seconds % unitSeconds[unit] === 0) ?? 'seconds'
}
