import { describe, expect, it } from 'vitest'
import { de } from './de'
import { en } from './en'

/** Path → string, or what kind of value there is. */
function leaves(value: unknown, path = ''): [path: string, leaf: string][] {
  if (typeof value !== 'object' || value === null) return [[path, typeof value === 'string' ? value : typeof value]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))
}

const english = new Map(leaves(en))
const german = new Map(leaves(de))

const names = 'Usher OK curl JavaScript PHP Python ltr true false null object my-usher-data.json usher-backup-codes.txt'
const keys = 'createdAt isHashed lastLoginAt sessionsValidFrom statusUpdatedAt'
const both = 'Admin Administrator Code Details Export Import Jobs Link Name Person Secrets Status Tags Text'
const alike = [names, keys, both].flatMap((words) => words.split(' '))

describe('the German words', () => {
  it('are there for all that there is in English, and for nothing else', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('are German, but for what is called the same', () => {
    const same = [...german]
      .filter(([path, words]) => words === english.get(path) && words !== 'function')
      .map(([, words]) => words)
    expect(new Set(same)).toEqual(new Set(alike))
  })

  it('are never empty where the English are not', () => {
    expect([...german].filter(([path, words]) => words.trim() === '' && english.get(path) !== '')).toEqual([])
  })
})
