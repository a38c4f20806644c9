import { language } from './catalogue'

/** Sizes as people read them. */

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "512 byte", "1.2 MB"; `bytes` in thousands, as disks count. */
export function readableSize(bytes: number) {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: units[step], maximumFractionDigits: 1 })
  return format.format(bytes / 1000 ** step)
}
