import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

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
  ['components/users/users-table.tsx', '@/lib/user/server-actions'],
  ['components/users/users-table.tsx', '@/lib/action/result'],
  ['components/auth/set-up-form.tsx', '@/lib/auth/password-rules'],
  ['components/users/users-table.tsx', '../ui/query-bar'],
  ['components/users/users-table.tsx', 'next/link'],
  ['lib/user/actions/add-user.ts', '@/db/queries/users'],
  ['lib/auth/session.ts', 'next/headers'],
  ['lib/transport/server-action.ts', 'next/headers'],
  ['lib/action/registry.ts', '@/lib/user/service'],
  ['db/queries/users.ts', '../client'],
  ['db/queries/users.ts', 'drizzle-orm'],
]

const complaints = refusals([...refused, ...welcome])

it.each(refused)('%s may not import %s', (room, from) => {
  expect(complaints).toContain(`${room} ${from}`)
})

it.each(welcome)('%s may import %s', (room, from) => {
  expect(complaints).not.toContain(`${room} ${from}`)
})

type Report = { diagnostics: { location: { path: string; start: { line: number } } }[] }

/** The linter's answer to files that hold these imports, one a line. */
function refusals(imports: [room: string, from: string][]) {
  const rooms = Map.groupBy(imports, ([room]) => room)
  const folder = mkdtempSync(join(tmpdir(), 'usher-imports-'))
  try {
    cpSync('biome.json', join(folder, 'biome.json'))
    for (const [room, lines] of rooms) {
      mkdirSync(dirname(join(folder, room)), { recursive: true })
      writeFileSync(join(folder, room), lines.map(([, from]) => `import '${from}'\n`).join(''))
    }
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome')
    const args = ['lint', '--only=style/noRestrictedImports', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json']
    const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: folder, encoding: 'utf8' })
    const report: Report = JSON.parse(stdout)
    return report.diagnostics.map(
      ({ location }) => `${location.path} ${rooms.get(location.path)?.[location.start.line - 1]?.[1]}`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
