/**
 * Cells that a spreadsheet would run as a formula (§11): what begins with one of these signs behind any quotes and blanks, in their
 * full width too, and what begins with a tab, a line end or NUL. Apostrophes count as quotes, so that a cell and its guarded form
 * are judged alike.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
const formula = /^['"]*[\t\r\n\u0000]|^['"\s\u0000]*[=+\-@,＝＋－＠]/

/** The cell as a spreadsheet shows it and never runs it. */
export function guarded(cell: string) {
  return formula.test(cell) ? `'${cell}` : cell
}

/** Takes away exactly what `guarded` added: `unguarded(guarded(cell)) === cell`, and any other cell stays as it is. */
export function unguarded(cell: string) {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell
}
