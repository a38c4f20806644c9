import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type BulkRow, readRows } from './read-rows'

const folder = mkdtempSync(join(tmpdir(), 'usher-csv-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0

function fileOf(content: string | Buffer) {
  const path = join(folder, `${++files}.csv`)
  writeFileSync(path, content)
  return path
}

async function rowsOf(content: string | Buffer) {
  const rows: BulkRow[] = []
  for await (const row of readRows(fileOf(content))) rows.push(row)
  return rows.map(({ line, values }) => ({ line, ...Object.fromEntries(values) }))
}

const refusal = (content: string | Buffer) =>
  rowsOf(content).then(
    (rows) => `read ${rows.length} rows`,
    (error: Error) => `${error.name}: ${error.message}`,
  )

const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

const ann = { line: 1, userId: 'ann', firstName: 'Änn' }
const bob = { line: 2, userId: 'bob', firstName: 'B,b' }

describe('a file of users', () => {
  it.each<[name: string, content: string | Buffer]>([
    ['with a star before the columns', '*userId,firstName\nann,Änn\nbob,"B,b"\n'],
    ['with blanks in the names of columns', '* user Id , first Name\nann,Änn\nbob,"B,b"\n'],
    ['R13 without a star', 'userId,firstName\nann,Änn\nbob,"B,b"\n'],
    ['as it was exported', 'User ID,First Name\r\nann,Änn\r\nbob,"B,b"\r\n'],
    ['R13 F08 with a byte order mark', '\ufeff*userId,firstName\nann,Änn\nbob,"B,b"\n'],
    ['R13 F08 in UTF-16, little end first', Buffer.from('\ufeff*userId,firstName\nann,Änn\nbob,"B,b"\n', 'utf16le')],
    ['R13 F08 in UTF-16, big end first', utf16be('*userId,firstName\nann,Änn\nbob,"B,b"\n')],
    ['R13 with every line end at once', '*userId,firstName\rann,Änn\r\nbob,"B,b"\n'],
    ['without an end to its last line', '*userId,firstName\nann,Änn\nbob,"B,b"'],
    ['with comments and blank lines', '# users\n\n*userId,firstName\n\n# first\nann,Änn\n,,\n \nbob,"B,b"\n'],
    ['with blanks around', '*userId,firstName\n ann\u00a0,\tÄnn \n"bob ","\u00a0B,b"\n'],
    ['R13 with ragged rows', '*userId,firstName,email\nann,Änn\nbob,"B,b",,,\n'],
    ['with columns of extensions', '*userId,metadata::A::b,firstName\nann,x,Änn\nbob,,"B,b"\n'],
  ])('is read %s', async (_name, content) => {
    expect(await rowsOf(content)).toEqual([ann, bob])
  })

  it('R13 keeps line ends, quotes and commas in quotes', async () => {
    expect(await rowsOf('*userId,description\na,"one\r\ntwo ""three"", four"\nb,5" disk\n')).toEqual([
      { line: 1, userId: 'a', description: 'one\r\ntwo "three", four' },
      { line: 2, userId: 'b', description: '5" disk' },
    ])
  })

  it('takes a later line of columns for the rows below it, and counts only data rows', async () => {
    expect(await rowsOf('*userId,city\na,Oslo\n# now with e-mail\n*email,userId\nb@x.example,b\n')).toEqual([
      { line: 1, userId: 'a', city: 'Oslo' },
      { line: 2, userId: 'b', email: 'b@x.example' },
    ])
  })

  it('R13 has no rows when it has only columns', async () => {
    expect(await rowsOf('*userId,city\n')).toEqual([])
  })

  it.each<[name: string, content: string | Buffer, message: RegExp]>([
    ['R13 nothing in it', '', /empty/],
    ['only comments', '# nothing\n\n', /empty/],
    ['no columns', 'ann,Ann\n', /first line must name the columns/],
    ['R13 a quote that is not closed', '*userId\nann\n"bob\n', /never closed/],
    ['F08 Latin-1', Buffer.from('*userId,city\nann,Zürich\n', 'latin1'), /Line 2 is not in the encoding/],
    [
      'F08 a broken sign far down',
      Buffer.concat([Buffer.from('*userId\na\nb\n'), Buffer.from([0xc3, 0x28])]),
      /Line 4 is not in/,
    ],
    ['F08 UTF-16 without a mark', Buffer.from('*userId\nann\n', 'utf16le'), /code 0|first line/],
    [
      'F08 half a character of UTF-16',
      Buffer.concat([Buffer.from('\ufeff*userId\nann', 'utf16le'), Buffer.from([0x41])]),
      /encoding/,
    ],
    ['R13 NUL', '*userId\na\u0000nn\n', /Line 2 holds a character of the code 0/],
    ['F03 ten thousand columns', `*userId${',x::y'.repeat(10_000)}\nann\n`, /Line 1 has more than 200 columns/],
    ['F07 a property of every object', '*userId,__proto__\nann,x\n', /the column "__proto__"/],
    ['F07 the account', '*userId,partnerId\nann,1\n', /the column "partnerId"/],
    ['F07 a password in clear', '*userId,password\nann,x\n', /"password", which there is not\. Passwords are never imported/],
    ['F07 a column twice', '*userId,email,email\nann,x,y\n', /"email" twice/],
    ['F07 a column by both of its names', '*userId,User ID\nann,x\n', /"userId" twice/],
  ])('is refused with %s', async (_name, content, message) => {
    const refused = await refusal(content)
    expect(refused).toMatch(/^UnreadableFile: /)
    expect(refused).toMatch(message)
  })

  it.each([
    ['F03 R13 a line of 10 MB', `*userId,city\nann,${'x'.repeat(10_000_000)}\n`],
    ['F03 a quote at its very beginning', `"*userId,city\n${'ann,x\n'.repeat(300_000)}`],
  ])('is refused early with %s', async (_name, content) => {
    const path = fileOf(content)
    const before = process.memoryUsage.rss()
    const read = (async () => {
      for await (const _ of readRows(path));
    })()
    await expect(read).rejects.toThrow(/longer than 1,048,576 characters/)
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 2 ** 20)
  })
})
