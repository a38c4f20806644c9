/** Which database `DATABASE_URL` selects, and where an embedded one lies. Erasable TypeScript only: plain `node` reads this file. */

export type Dialect = 'sqlite' | 'postgres'

type Source = Record<string, string | undefined>

/** The database's address: `DATABASE_URL`, else a file in the data folder. */
export function databaseUrl(source: Source = process.env) {
  return source.DATABASE_URL || `file:${source.DATA_DIR || './data'}/usher.db`
}

export function dialectOf(url: string): Dialect {
  return /^postgres(ql)?:/.test(url) ? 'postgres' : 'sqlite'
}
