import { guarded } from './formula-guard'

/** Tells programs that the file is UTF-8. */
export const byteOrderMark = '\ufeff'

/** One line of a CSV file (RFC 4180), safe to be opened in a spreadsheet (F01). */
export function csvLine(cells: readonly (string | number | null | undefined)[]) {
  return `${cells.map((cell) => quoted(guarded(String(cell ?? '')))).join(',')}\r\n`
}

function quoted(cell: string) {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
