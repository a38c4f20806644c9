import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connection } from './client'
import type { MigrationRun } from './connection'
import { StartError } from './start-error'

type Step = { name: string; statements: string[] }

/** Brings the database to this version: all missing steps in one transaction, or none. A newer database is refused. */
export async function migrate() {
  const { dialect, migrate: within } = connection()
  const steps = readSteps(dialect)

  await within(async (run) => {
    await run.execute('create table if not exists migrations (name text primary key, applied_at bigint not null)')
    const applied = new Set((await run.rows('select name from migrations')).map((row) => String(row.name)))
    refuseNewer(applied, steps)
    for (const step of steps) if (!applied.has(step.name)) await applyStep(run, step)
  })
}

/** The steps of a dialect, in the order of drizzle-kit's journal. */
function readSteps(dialect: string): Step[] {
  const folder = join(process.cwd(), 'db/migrations', dialect)
  const journal = join(folder, 'meta/_journal.json')
  if (!existsSync(journal)) throw new StartError(`The migrations are missing at ${folder}. Start Usher from its own folder.`)
  const { entries } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] }
  return entries.map(({ tag }) => ({
    name: tag,
    statements: readFileSync(join(folder, `${tag}.sql`), 'utf8').split('--> statement-breakpoint'),
  }))
}

function refuseNewer(applied: Set<string>, steps: Step[]) {
  const unknown = [...applied].filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length === 0) return
  throw new StartError(
    `The database was made by a newer version of Usher (it has ${unknown.join(', ')}). Start that version, or restore a backup made before it.`,
  )
}

async function applyStep(run: MigrationRun, step: Step) {
  for (const statement of step.statements) if (statement.trim()) await run.execute(statement)
  await run.execute(`insert into migrations (name, applied_at) values ('${step.name}', ${Date.now()})`)
}
