import type { Language } from '@/lib/language'

/** Times as people read them, in their language; all take epoch seconds, as the wire speaks them. */

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** "5 minutes ago", "in 3 days"; within a minute "now". */
export function relativeTime(language: Language, at: number, now: number) {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const distance = at - now
  const [unit, seconds] = units.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1]
  return unit === 'second' ? relative.format(0, 'second') : relative.format(Math.round(distance / seconds), unit)
}

/** The same for what has happened: the clock that wrote it down may be ahead of this one, and then it was now. */
export const timeAgo = (language: Language, at: number, now: number) => relativeTime(language, Math.min(at, now), now)

/** "24 Nov 2026, 14:05:09 GMT+1", in the reader's time zone unless another is named. */
export function exactTime(language: Language, at: number, timeZone?: string) {
  return format(language, timeZone).format(at * 1000)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, timeZone = '') {
  const key = `${language} ${timeZone}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZoneName: 'short',
    timeZone: timeZone || undefined,
  })
  formats.set(key, made)
  return made
}
