import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { hashOf } from '@/lib/id'
import { isWholeKey, newHashKey, readHashKey } from './hash-key'
import { noon, wire } from './testing'

it('a hash key is base64 of id, expiry and chance, good for a day; only its hash is kept', () => {
  const { key, keyHash, expiresAt } = newHashKey(42, noon, wire().random)
  const text = Buffer.from(key, 'base64').toString()
  expect(text).toMatch(new RegExp(`^42\\|${noon / 1000 + 86_400}\\|[0-9a-f]{40}$`))
  expect(key).toMatch(/^[A-Za-z0-9]+=*$/)
  expect(expiresAt).toBe(noon + 86_400_000)
  expect(keyHash).toBe(hashOf(text))
})

it('no two hash keys are alike', () => {
  const keys = Array.from({ length: 50 }, () => newHashKey(42, noon, wire().random).key)
  expect(new Set(keys).size).toBe(50)
})

it('M06 holds 160 random bits', () => {
  const chance =
    Buffer.from(newHashKey(1, noon, wire().random).key, 'base64')
      .toString()
      .split('|')[2] ?? ''
  expect(chance).toMatch(/^[0-9a-f]{40}$/)
})

it.each([
  ['NDJ8MXww', { loginDataId: 42, keyHash: hashOf('42|1|0') }],
  ['NDJ8-MXww', { loginDataId: 42, keyHash: hashOf('42|1|0') }],
  ['NDJ8 MXww\r\n', { loginDataId: 42, keyHash: hashOf('42|1|0') }],
  ['', null],
  [Buffer.from('|1|0').toString('base64'), null],
  [Buffer.from('42|1').toString('base64'), null],
  [Buffer.from('42|1|0|').toString('base64'), null],
  [Buffer.from('042|1|0').toString('base64'), null],
  [Buffer.from('4e1|1|0').toString('base64'), null],
])('M06 reads %o as leniently as the contract', (key, named) => {
  expect(readHashKey(key)).toEqual(named)
})

it('knows a key of ours by its form, as mail programs leave it, from one that they cut short', () => {
  const { key } = newHashKey(4_242, noon, wire().random)
  for (const whole of [key, key.replaceAll('=', '.'), key.replace(/=+$/, ''), `${key.slice(0, 40)}\r\n${key.slice(40)}`])
    expect(isWholeKey(whole), whole).toBe(true)
  for (const broken of ['', 'broken', key.slice(0, -8), key.slice(0, 20), key.slice(8), `${key.replace(/=+$/, '')}AAAA`])
    expect(isWholeKey(broken), broken).toBe(false)
})

it('C06 every secret that comes from outside is compared in constant time', () => {
  const compared = /(?:[hH]ash|secret(?!s)|digest|\bkey)\w* [!=]== (?!null|undefined|''|"")/
  const found = globSync('lib/{auth,account}/**/*.ts')
    .filter((file) => !file.includes('test'))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => compared.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
  expect(found).toEqual([])
})
