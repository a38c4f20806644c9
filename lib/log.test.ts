import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLog } from './log'

function written(...entry: [object, string?] | [string]) {
  const lines: string[] = []
  const log = createLog({ write: (line) => void lines.push(line) }, 'info')
  if (typeof entry[0] === 'string') log.info(entry[0])
  else log.info(entry[0], entry[1])
  return lines.join('')
}

const ksVersion1 = (separator = '') => {
  const fields = `102;102;${2 ** 31};2;1234.5;ann;`
  return Buffer.from(`${createHash('sha1').update(fields).digest('hex')}|${fields}`).toString('base64') + separator
}
const ksVersion2 = Buffer.from('v2|102|\u00ff\u00feciphertext of fifty bytes or so, unreadable').toString('base64url')

describe('O05 the log', () => {
  it.each([
    ['password', { password: 'hunter2' }],
    ['newPassword', { input: { user: { newPassword: 'hunter2' } } }],
    ['otp', { input: [{ otp: 'hunter2' }] }],
    ['ks', { query: { ks: 'hunter2' } }],
    ['secret', { secret: 'hunter2' }],
    ['adminSecret', { partner: { adminSecret: 'hunter2' } }],
    ['hashKey', { hashKey: 'hunter2' }],
    ['token', { a: { b: { c: { token: 'hunter2' } } } }],
    ['Authorization', { headers: { Authorization: 'Bearer hunter2' } }],
    ['cookie', { headers: { cookie: 'session=hunter2', 'set-cookie': ['hunter2'] } }],
    ['an object under a secret name', { password: { value: 'hunter2' } }],
    ['a map', { headers: new Map([['cookie', 'hunter2']]) }],
    ['anything very deep', { a: { b: { c: { d: { e: { f: { g: { h: 'hunter2' } } } } } } } }],
  ])('masks %s', (_name, entry) => {
    expect(written(entry, 'said')).not.toContain('hunter2')
  })

  it.each([
    ['version 1', ksVersion1()],
    ['version 2', ksVersion2],
    ['version 2, escaped for an address', encodeURIComponent(Buffer.from(ksVersion2, 'base64url').toString('base64'))],
  ])('masks a KS of %s wherever it stands', (_name, ks) => {
    for (const text of [ks, `/api_v3/service/user/ks/${ks}/x`, `bad KS "${ks}"`]) {
      expect(written(text)).not.toContain(ks.slice(0, 30))
      expect(written({ url: text })).not.toContain(ks.slice(0, 30))
      expect(written({ err: new Error(text, { cause: new Error(text) }) })).not.toContain(ks.slice(0, 30))
    }
  })

  it('masks secrets in addresses and leaves the rest', () => {
    const line = written('GET /api_v3/?service=user&password=hunter2&otp=123456&format=1')
    expect(line).not.toMatch(/hunter2|123456/)
    expect(line).toContain('service=user&password=[masked]&otp=[masked]&format=1')
  })

  it('leaves out the parameters of a failed query', () => {
    const err = new Error('Failed query: insert into users values (?)\nparams: hunter2,\nand more')
    expect(written({ err })).not.toMatch(/hunter2|and more/)
    expect(written({ err })).toContain('insert into users')
    expect(written(err)).not.toMatch(/hunter2|and more/)
  })

  it.each(['a\r\n{"level":"fatal"}', 'a\u001b[2J', 'a\u009b2J', 'a\u2028b', 'a\u0000b', 'a\u007fb'])(
    'writes %j as one line without control characters',
    (text) => {
      const line = written({ text, [text]: text, err: new Error(text) }, text)
      expect(line.endsWith('\n')).toBe(true)
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
      expect(JSON.parse(line)).toMatchObject({ text, msg: text })
    },
  )

  it('keeps what is no secret', () => {
    expect(
      JSON.parse(written({ requestId: 'r1', action: 'user.add', ms: 1.5, result: 'INVALID_KS', partnerId: 102 }, 'done')),
    ).toMatchObject({
      requestId: 'r1',
      action: 'user.add',
      ms: 1.5,
      result: 'INVALID_KS',
      partnerId: 102,
      msg: 'done',
    })
    const digest = createHash('sha512').update('x').digest('base64')
    expect(written({ digest })).toContain(digest)
  })

  it('says where an error came from', () => {
    const entry = JSON.parse(written({ err: new TypeError('no such thing') }))
    expect(entry.err).toMatchObject({
      type: 'TypeError',
      message: 'no such thing',
      stack: expect.stringContaining('log.test.ts'),
    })
  })
})
