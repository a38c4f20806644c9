import type { Language } from '@/lib/language'

/** Sizes as people read them. */

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "512 bytes", "1.2 MB"; counted in thousands, as disks are. */
export function readableSize(language: Language, bytes: number) {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const unitDisplay = step === 0 ? 'long' : 'short'
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: units[step], unitDisplay, maximumFractionDigits: 1 })
  return format.format(bytes / 1000 ** step)
}
