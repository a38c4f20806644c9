import { describe, expect, it } from 'vitest'
import { claimedPartner, decodeKs, encodeKsV1, encodeKsV2 } from './ks'

const secret = '0123456789abcdef0123456789abcdef'
const random = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
const alice = { partnerId: 102, expiry: 1893456000, type: 2, userId: 'alice@example.com', privileges: '*' }

const vectors = {
  v1: 'MmY3YzFkMDE4YWZjMDMzODY4MzRkMGEyMmI5MWQ4NmZkMzFmNTZmMXwxMDI7MTAyOzE4OTM0NTYwMDA7MjsxNzAwMDAwMDAwLjEyMzQ7YWxpY2VAZXhhbXBsZS5jb207Kjs7',
  v2: 'djJ8MTAyfJxFD1iUS389pz9W_-Mf6HWua0ywawOeLsQ8hHNO3boTXiKJcS8d_VspACzywA0CeTs9u6Wyuy0XHtIxx_tV4qiPFZUuwFvjC-Q61FTfZnoHoRWv7e9_amMZv-9wRhPfXg==',
  download:
    'djJ8MTAyfHRaqM9jhjOk96grtcSE_sbikMVMrGFrhdw_bTVcVO7hKK0AAZtdxWyuapGiOqTOcgXXKiJQCkDX25_ESgi2DNo_RqpxjF-LfbJFu8pZdMV43sIAmOuk_UL08GaGRCiy-OFtHJJC1LxdKcF3J5HknG8=',
}

describe('KS', () => {
  it('writes the vectors of the contract to the byte, and reads them', () => {
    expect(encodeKsV1(alice, secret, '1700000000.1234')).toBe(vectors.v1)
    expect(encodeKsV2(alice, secret, random)).toBe(vectors.v2)
    const download = {
      partnerId: 102,
      expiry: 1893456000,
      type: 0,
      userId: '',
      privileges: 'download:export_102_7.csv,sessionid:my id~1',
    }
    expect(encodeKsV2(download, secret, random)).toBe(vectors.download)

    expect(decodeKs(vectors.v1, ['other', secret])).toMatchObject({ ...alice, version: 1 })
    expect(decodeKs(vectors.v2, ['other', secret])).toMatchObject({ ...alice, version: 2 })
    expect(decodeKs(vectors.v2.replaceAll('-', '+').replaceAll('_', '/'), [secret])).toMatchObject(alice)
    expect(decodeKs(vectors.download, [secret])).toMatchObject(download)
  })

  it('S01 S02 refuses every flipped bit and every other form', () => {
    for (const token of [vectors.v1, vectors.v2]) {
      for (let at = 0; at < token.length; at++) {
        for (let bit = 0; bit < 7; bit++) {
          const flipped = token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << bit)) + token.slice(at + 1)
          const isOtherAlphabet =
            flipped.replaceAll('-', '+').replaceAll('_', '/') === token.replaceAll('-', '+').replaceAll('_', '/')
          if (!isOtherAlphabet)
            expect(
              decodeKs(flipped, claimedPartner(flipped) === 102 ? [secret] : ['of another partner']),
              `${at}.${bit}`,
            ).toBeNull()
        }
      }
    }
    for (const other of [
      '',
      'v2|',
      'djJ8MTAyfA==',
      'eyJhbGciOiJub25lIn0.eyJ1IjoxfQ.',
      'x'.repeat(20_000),
      '\0',
      'djJ8MTAyfJxF D1iU',
    ]) {
      expect(decodeKs(other, [secret])).toBeNull()
    }
    expect(decodeKs(vectors.v2, ['another secret'])).toBeNull()
  })

  it('S03 keeps type, user and expiry of the issuer whatever the privileges and the id hold', () => {
    const hostile = {
      ...alice,
      type: 0,
      userId: 'a;b|c&_t=2&_e=9',
      privileges: '_t:2,_u:root,_e:9999999999,edit:a&_t=2,edit:b,x=y:1',
    }
    const read = decodeKs(encodeKsV2(hostile, secret, random), [secret])
    expect(read).toMatchObject({ type: 0, userId: hostile.userId, expiry: alice.expiry })
    expect(read?.privileges).toBe('edit:a&_t=2/b,x=y:1')
  })
})
