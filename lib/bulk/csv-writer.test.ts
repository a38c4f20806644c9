import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from './csv-writer'
import { guarded, unguarded } from './formula-guard'

const tricky = fc.string({
  unit: fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    ',',
    '＝',
    '＋',
    '－',
    '＠',
    '\t',
    '\r',
    '\n',
    '\0',
    "'",
    '"',
    ' ',
    '\u00a0',
    'a',
    '1',
  ),
  maxLength: 8,
})

/** What a spreadsheet looks at first, behind quotes and blanks. */
const startsFormula = (cell: string) => /^[=+\-@＝＋－＠]/.test(cell.replace(/^["\s\0]+/, '')) || /^"*[\t\r\n\0]/.test(cell)

describe('a cell', () => {
  it.each(['=1+1', ' =1', '"=1"', '+49 30', '-name', '@x', '\t=1', '\r', '＝1', '"" @x', "'=1", "''=1"])(
    'F01 %j is guarded',
    (cell) => expect(guarded(cell)).toBe(`'${cell}`),
  )

  it.each(['', 'Ann', "O'Neill", "'quoted'", 'a=b', '1-2', "'", 'x@y.example'])('F01 %j stays as it is', (cell) => {
    expect(guarded(cell)).toBe(cell)
    expect(unguarded(cell)).toBe(cell)
  })

  it('F01 F02 never begins a formula once guarded, and is the same again without the guard', () => {
    fc.assert(
      fc.property(tricky, (cell) => {
        expect(startsFormula(guarded(cell))).toBe(false)
        expect(unguarded(guarded(cell))).toBe(cell)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('a line', () => {
  it('follows RFC 4180', () => {
    expect(csvLine(['a', null, 3, 'b "c"', 'd,e', 'f\ng'])).toBe('a,,3,"b ""c""","d,e","f\ng"\r\n')
  })

  it('F01 F02 is read back by another reader', () => {
    fc.assert(
      fc.property(fc.array(tricky, { minLength: 2, maxLength: 6 }), (cells) => {
        const [read] = parse(csvLine(cells), { skip_empty_lines: false, record_delimiter: '\r\n' })
        expect(read?.map(unguarded)).toEqual(cells)
      }),
      { numRuns: 1_000 },
    )
  })
})
