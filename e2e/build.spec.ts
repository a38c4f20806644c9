import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures'

/** What the build is made of: the files that are served and run, and the list that the build makes of itself. */

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const parse = <T>(path: string): T => JSON.parse(read(path))
const built = (pattern: string) => globSync(`.next/${pattern}`, { cwd: root })

type Licence = { license?: { id?: string; name?: string }; expression?: string }
type Component = {
  type: string
  name: string
  'bom-ref': string
  version?: string
  purl?: string
  hashes?: { alg: string; content: string }[]
  licenses?: Licence[]
  components?: Component[]
}
type Sbom = {
  bomFormat: string
  specVersion: string
  serialNumber: string
  metadata: { component: Component }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

const sbom = () => parse<Sbom>('.next/sbom.json')
const carriedByNext = () => sbom().components.find(({ name }) => name === 'next')?.components ?? []
const licenceOf = ({ licenses = [] }: Component) =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name).join(' AND ')

/** The sources of what runs on the server, by the maps that stand beside it. */
function serverSources() {
  const maps = built('server/**/*.js.map').map((path) =>
    parse<{ sources?: string[]; sections?: { map: { sources: string[] } }[] }>(path),
  )
  const sources = maps.flatMap(({ sources = [], sections = [] }) => [...sources, ...sections.flatMap(({ map }) => map.sources)])
  return new Set(sources.map(decodeURIComponent))
}

test('P06 the list of packages is whole and well formed', () => {
  const { bomFormat, specVersion, serialNumber, metadata, components, dependencies } = sbom()
  expect({ bomFormat, specVersion }).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.5' })
  expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
  expect(metadata.component).toMatchObject({ type: 'application', name: 'usher' })
  for (const { name, type, version, purl, hashes } of components) {
    expect(type, name).toBe('library')
    expect(purl, name).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`)
    expect(hashes, name).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }])
  }
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`))
  const { packages } = parse<{ packages: Record<string, { version: string; dev?: true; optional?: true; devOptional?: true }> }>(
    'package-lock.json',
  )
  const locked = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path && !dev && !optional && !devOptional,
  )
  for (const [path, { version }] of locked) expect(listed).toContain(`${path.replace(/^.*node_modules\//, '')}@${version}`)
  expect(components.map(({ name }) => name)).not.toContain('vitest')
  const references = new Set([metadata.component, ...components].map((component) => component['bom-ref']))
  for (const { ref, dependsOn } of dependencies) for (const one of [ref, ...dependsOn]) expect(references).toContain(one)
})

test('P06 every package is under a licence that asks for no more than a notice', () => {
  const fine = [
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'CC-BY-4.0',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT-0',
  ]
  const isFine = (licence: string) => {
    const choices = licence.replace(/[()]/g, '').split(' OR ')
    return choices.some((choice) => choice.split(' AND ').every((part) => fine.includes(part)))
  }
  /** Those that name it in another place, and those that are not fine for everything but for what we do with them. */
  const looked: Record<string, string> = {
    busboy: 'MIT, as its file LICENSE says',
    streamsearch: 'MIT, as its file LICENSE says',
    '@vercel/og': 'MPL-2.0, carried by Next; nothing of it is changed, and nothing draws pictures by it',
  }
  const wrong = [...sbom().components, ...carriedByNext().filter(({ licenses }) => licenses)]
    .filter((component) => !isFine(licenceOf(component)) && !looked[component.name])
    // LGPL, optional: the library for pictures that Next would load if its service for them were on.
    .filter(({ name }) => !name.startsWith('@img/sharp-'))
  expect(wrong.map((component) => `${component.name}: ${licenceOf(component)}`)).toEqual([])
})

test('P07 what Next carries inside it, and the build takes from there, is recorded with the version that it runs in', () => {
  const recorded = new Map(carriedByNext().map(({ name, version }) => [name, version]))
  const traced = built('**/*.nft.json').flatMap((path) => parse<{ files: string[] }>(path).files)
  const taken = [...traced, ...serverSources()].flatMap(
    (file) => /next\/dist\/compiled\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  )
  expect(new Set(taken).size).toBeGreaterThan(20)
  expect([...new Set(taken)].filter((name) => !recorded.has(name))).toEqual([])

  const scripts = built('static/**/*.js').map(read)
  const versions = scripts.flatMap((script) => script.match(/\d+\.\d+\.\d+-(canary|experimental)-[0-9a-f]+-\d+/g) ?? [])
  expect([...new Set(versions)]).toEqual([recorded.get('react-dom')])
  expect(recorded.get('react')).toBe(recorded.get('react-dom'))
})

test('P05 the build has no second mailer, and the sign-in by mail of the library is not in it', () => {
  const sources = [...serverSources()]
  expect(sources.some((path) => path.includes('next-auth/providers/credentials'))).toBe(true)
  expect(sources.filter((path) => /next-auth\/providers\/(email|nodemailer)|node_modules\/nodemailer\//.test(path))).toEqual([])
})

test('X04 the build is for production: nothing of tests, of development or of a mode of it', () => {
  const sources = [...serverSources()]
  expect(sources.some((path) => path.endsWith('/lib/action/run-action.ts'))).toBe(true)
  expect(
    sources.filter((path) =>
      /\.test\.tsx?$|\btesting\.tsx?$|\bkillable-|\/(e2e|bench|scripts)\//.test(path.split('node_modules')[0] ?? ''),
    ),
  ).toEqual([])
  const programs = [...built('server/**/*.js'), ...built('static/**/*.js')]
  expect(programs.length).toBeGreaterThan(50)
  for (const path of programs) {
    const text = read(path)
    for (const sign of ['jsxDEV', 'react-dom.development', '__nextjs_original-stack-frame', 'webpack-hmr', 'USHER_E2E_'])
      expect(text.includes(sign), `${sign} in ${path}`).toBe(false)
  }
})
