import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The rooms of the house and what they may ask for: `biome.json` says it, this shows that it is heard. */
const refused: [room: string, from: string][] = [
  ['app/page.tsx', '@/db/client'],
  ['app/(admin)/users/page.tsx', '../../../db/client'],
  ['components/users/users-table.tsx', '@/db/types'],
  ['components/users/users-table.tsx', '@/app/providers'],
  ['components/users/users-table.tsx', '@/lib/env'],
  ['components/users/users-table.tsx', '@/lib/action/run-action'],
  ['components/users/users-table.tsx', '../../lib/auth/session'],
  ['lib/user/actions/add-user.ts', '@/components/users/users-table'],
  ['lib/user/actions/add-user.ts', '@/app/providers'],
  ['lib/user/actions/add-user.ts', 'next/headers'],
  ['lib/auth/ks.ts', 'next-auth'],
  ['lib/user/server-actions.ts', '@/components/users/users-table'],
  ['lib/action/run-action.ts', '@/lib/user/service'],
  ['lib/action/run-action.ts', '../user/service'],
  ['lib/action/run-action.ts', '@/lib/transport/server-action'],
  ['lib/action/run-action.ts', 'next/headers'],
  ['lib/transport/cli.ts', '@/lib/user/actions/add-user'],
  ['db/queries/users.ts', '@/lib/env'],
  ['db/queries/users.ts', '../../lib/env'],
  ['db/client.ts', 'next/cache'],
  ['e2e/fixtures.ts', '@/db/client'],
  ['e2e/fixtures.ts', '../lib/env'],
]

const welcome: [room: string, from: string][] = [
  ['app/page.tsx', '@/components/users/users-table'],
  ['app/page.tsx', '@/lib/auth/session'],
  ['components/users/users-table.tsx', '@/lib/user/schema'],
  ['components/users/users-table.tsx', '@/lib/user/enums'],
  ['components/users/users-table.tsx', '@/lib/user/server-actions'],
  ['components/users/users-table.tsx', '@/lib/action/result'],
  ['components/auth/set-up-form.tsx', '@/lib/auth/password-rules'],
  ['components/users/users-table.tsx', '../ui/query-bar'],
  ['components/users/users-table.tsx', 'next/link'],
  ['lib/user/actions/add-user.ts', '@/db/queries/users'],
  ['lib/auth/session.ts', 'next/headers'],
  ['lib/auth/session-cookie.ts', 'next/headers'],
  ['lib/transport/server-action.ts', 'next/headers'],
  ['lib/action/registry.ts', '@/lib/user/service'],
  ['db/queries/users.ts', '../client'],
  ['db/queries/users.ts', 'drizzle-orm'],
]

const weak = [
  'export const chance = Math.random()',
  'export const letters = [1].map(Math.random)',
  "export const chance = Math['random']()",
  'export const chance = globalThis.Math.random()',
  'export const { random } = Math',
  'export const { random: chance } = Math',
  "import { pseudoRandomBytes } from 'node:crypto'",
]

const strong = [
  "import { randomBytes, randomInt, randomUUID } from 'node:crypto'",
  'export const largest = Math.max(1, 2)',
  'export const secret = ctx.random(20)',
]

const imports = Map.groupBy([...refused, ...welcome], ([room]) => room)
const places = ['app/page.tsx', 'components/users/users-table.tsx', 'db/client.ts', 'lib/id.ts', 'scripts/up.mjs', 'server.mjs']

const refusedImports = complaints(
  'style/noRestrictedImports',
  [...imports].map(([room, lines]) => [room, lines.map(([, from]) => `import '${from}'`)]),
)

it.each(refused)('%s may not import %s', (room, from) => {
  expect(refusedImports).toContain(`${room}: import '${from}'`)
})

it.each(welcome)('%s may import %s', (room, from) => {
  expect(refusedImports).not.toContain(`${room}: import '${from}'`)
})

describe('C05 only the randomness of the operating system is used', () => {
  const refusedNumbers = complaints(
    'plugin',
    places.map((place) => [place, [...weak, ...strong]]),
  )

  it.each(weak)('C05 %s is refused everywhere', (line) => {
    for (const place of places) expect(refusedNumbers).toContain(`${place}: ${line}`)
  })

  it.each(strong)('C05 %s is welcome', (line) => {
    for (const place of places) expect(refusedNumbers).not.toContain(`${place}: ${line}`)
  })
})

type Report = { diagnostics: { category: string; location: { path: string; start: { line: number } } }[] }

/** What the linter has against these files, each a place and its lines, as `place: line`. */
function complaints(rule: string, files: [place: string, lines: string[]][]) {
  const linesOf = new Map(files)
  const folder = mkdtempSync(join(tmpdir(), 'usher-lint-'))
  try {
    for (const own of ['biome.json', 'scripts/weak-random.grit']) cpSync(own, join(folder, own))
    for (const [place, lines] of files) {
      mkdirSync(dirname(join(folder, place)), { recursive: true })
      writeFileSync(join(folder, place), lines.map((line) => `${line}\n`).join(''))
    }
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome')
    const args = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json']
    const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' })
    const { diagnostics }: Report = JSON.parse(stdout)
    return diagnostics
      .filter(({ category }) => category.endsWith(rule))
      .map(({ location }) => `${location.path}: ${linesOf.get(location.path)?.[location.start.line - 1]}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
