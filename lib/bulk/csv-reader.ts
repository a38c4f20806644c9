import 'server-only'
import { createReadStream } from 'node:fs'
import { Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { unguarded } from './formula-guard'

/** Characters in one line, quoted line ends included; the longest value of a user has 65,535. */
const longestLine = 1_048_576
const mostCells = 200

/** The file cannot be read as a table. The message is a sentence for the uploader. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
}

/** Cells of the file, and the line that they end on, counted from 1 as editors do. */
export type CsvRecord = { line: number; cells: string[] }

/**
 * Reads a CSV file as a stream: UTF-8, or UTF-16 with a byte order mark; any line ends; `#` begins a comment; blank lines are passed over.
 * Cells are trimmed, and freed of the guard that an export puts on them. Throws `UnreadableFile` at the first line that cannot be read.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord> {
  const parser = parse({
    record_delimiter: ['\r\n', '\n', '\r'],
    comment: '#',
    comment_no_infix: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestLine,
    info: true,
  })
  // Its failure is the parser's, which is what is read below.
  const reading = pipeline(createReadStream(path), decoder(), parser).catch(() => {})
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const read = { line: info.lines, cells: record.map(clean) }
      refuseUnfit(read)
      if (read.cells.some((cell) => cell !== '')) yield read
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableFile(sentenceOf(error)) : error
  } finally {
    parser.destroy()
    await reading
  }
}

/** Bytes as text, by the byte order mark. What is no text of that encoding becomes U+FFFD, which `refuseUnfit` finds. */
function decoder() {
  let decode: TextDecoder | null = null
  return new Transform({
    readableObjectMode: false,
    decodeStrings: true,
    transform(bytes: Buffer, _encoding, done: TransformCallback) {
      decode ??= new TextDecoder(encodingOf(bytes))
      done(null, decode.decode(bytes, { stream: true }))
    },
    flush(done: TransformCallback) {
      done(null, decode?.decode() ?? '')
    },
  })
}

function encodingOf(bytes: Buffer) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** A guarded cell may have blanks of its own behind the guard. `trim` takes no-break spaces too. */
const clean = (cell: string) => unguarded(cell.trim()).trim()

function refuseUnfit({ line, cells }: CsvRecord) {
  if (cells.length > mostCells) throw new UnreadableFile(`Line ${line} has more than ${mostCells} columns.`)
  if (cells.some((cell) => cell.includes('\ufffd')))
    throw new UnreadableFile(
      `Line ${line} is not in the encoding of the file. Save it as UTF-8, or as UTF-16 with a byte order mark.`,
    )
  if (cells.some((cell) => cell.includes('\u0000')))
    throw new UnreadableFile(`Line ${line} holds a character of the code 0. Is it a text file in UTF-8?`)
}

function sentenceOf({ code, lines }: CsvError) {
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `Line ${lines} is longer than ${longestLine.toLocaleString('en')} characters. Is a quote not closed?`
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `A quote is opened in the last row and never closed, up to line ${lines}.`
  return `Line ${lines} cannot be read as CSV.`
}
