import 'server-only'
import { type CsvRecord, readCsv, UnreadableFile } from './csv-reader'
import { type Column, columnNamed, isPlugin } from './user-columns'

/** A row of an uploaded file. */
export type BulkRow = {
  /** Counts the data rows from 1 (§10.1). */
  line: number
  /** As they stand in the file. */
  cells: string[]
  /** The cells that are not empty, by their column. */
  values: Map<Column, string>
  /** The names of the columns as the file writes them. */
  header: string[]
}

/**
 * The data rows of a file of users (§10.1). A line whose first cell begins with `*` names the columns, and a later one names them anew; the
 * first line may do so without the `*`. Throws `UnreadableFile`, also for a column that is not ours.
 */
export async function* readRows(path: string): AsyncGenerator<BulkRow> {
  let header: Header | null = null
  let line = 0
  for await (const record of readCsv(path)) {
    if (isHeader(record, header === null)) header = headerOf(record)
    else if (header) yield { line: ++line, cells: record.cells, values: valuesOf(header, record.cells), header: header.names }
    else throw new UnreadableFile('The first line must name the columns, such as userId,firstName,email.')
  }
  if (!header) throw new UnreadableFile('The file is empty.')
}

type Header = { names: string[]; columns: (Column | null)[] }

function isHeader({ cells }: CsvRecord, isFirst: boolean) {
  return cells[0]?.startsWith('*') || (isFirst && cells.some((cell) => isIdColumn(nameOf(cell))))
}

const isIdColumn = (name: string) => columnNamed(name) === 'userId' || columnNamed(name) === 'externalId'

/** `* first name` of other programs is `firstname`: stars and blanks do not count, case does (§10.1). */
const nameOf = (cell: string) => cell.replace(/[*\s]/g, '')

function headerOf({ line, cells }: CsvRecord): Header {
  const names = cells.map(nameOf)
  const columns = names.map((name) => {
    if (name === '' || isPlugin(name)) return null
    const column = columnNamed(name)
    if (column) return column
    throw new UnreadableFile(`Line ${line} names the column "${name.slice(0, 100)}", which there is not.${hintFor(name)}`)
  })
  const twice = columns.find((column, at) => column && columns.indexOf(column) !== at)
  if (twice) throw new UnreadableFile(`Line ${line} names the column "${twice}" twice.`)
  return { names, columns }
}

function hintFor(name: string) {
  return name.toLowerCase() === 'password' ? ' Passwords are never imported in clear: people set their own.' : ''
}

function valuesOf({ columns }: Header, cells: string[]) {
  const values = new Map<Column, string>()
  columns.forEach((column, at) => {
    const cell = cells[at]
    if (column && cell) values.set(column, cell)
  })
  return values
}
