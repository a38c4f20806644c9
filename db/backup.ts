import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { fileOf } from './client'
import { StartError } from './start-error'
import { databaseUrl, dialectOf } from './url'

/**
 * Writes the embedded database, as it is in one moment, to a new file for its owner alone (R23). Whoever writes meanwhile goes on: it is
 * another process's work, and SQLite keeps what it reads apart. Throws a `StartError` with what to do.
 */
export function copyDatabase(target: string) {
  const file = embeddedFile()
  if (existsSync(target)) throw new StartError(`There is a file at ${target} already: give another path, or move it away.`)
  const source = new Database(file, { readonly: true, fileMustExist: true })
  const part = `${target}.part`
  const umask = process.umask(0o077)
  try {
    rmSync(part, { force: true })
    // Written anew, so what cannot be read of it is found out now, and not when the copy is needed.
    source.prepare('vacuum into ?').run(part)
    refuseDamagedCopy(part)
    bringToDisk(part)
    renameSync(part, target)
  } finally {
    process.umask(umask)
    rmSync(part, { force: true })
    source.close()
  }
}

function bringToDisk(file: string) {
  const opened = openSync(file, 'r+')
  fsyncSync(opened)
  closeSync(opened)
}

function refuseDamagedCopy(file: string) {
  const copy = new Database(file)
  const finding = copy.pragma('quick_check(1)', { simple: true })
  copy.close()
  if (finding !== 'ok') throw new StartError(`The copy is damaged (${finding}), so there is none: try again, on another disk.`)
}

/** The embedded database's file, whether it is there or not. */
export function embeddedFile() {
  const url = databaseUrl()
  if (dialectOf(url) === 'sqlite') return fileOf(url)
  throw new StartError('PostgreSQL is copied and restored by its own programs: pg_dump and pg_restore.')
}

/** Puts a file in the place of the embedded database; what was there is kept beside it, under a name that is answered, or null. */
export function replaceDatabase(by: string, now: Date): string | null {
  const file = embeddedFile()
  const former = `${file}.before-${now.toISOString().replace(/[:.]/g, '-')}`
  const isThere = moveAside(file, former)
  renameSync(by, file)
  return isThere ? former : null
}

function moveAside(file: string, former: string) {
  let isThere = false
  for (const end of ['-wal', '-shm', '']) {
    try {
      renameSync(`${file}${end}`, `${former}${end}`)
      isThere = true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return isThere
}

/** Refuses to go on while another process has the embedded database open. A damaged one is nobody's any more. */
export function refuseInUse() {
  const file = embeddedFile()
  let database: Database.Database | undefined
  try {
    database = new Database(file, { fileMustExist: true, timeout: 0 })
    database.pragma('locking_mode = exclusive')
    database.exec('begin exclusive; rollback')
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (code.startsWith('SQLITE_BUSY'))
      throw new StartError(`The database at ${file} is in use: stop the server and the worker first.`)
  } finally {
    database?.close()
  }
}
