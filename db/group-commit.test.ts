import { AsyncLocalStorage } from 'node:async_hooks'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { groupCommit } from './group-commit'

function newWriter(commit = (database: Database.Database) => void database.exec('commit')) {
  const database = new Database(':memory:')
  database.exec('create table notes (text text unique)')
  const commits = { count: 0 }
  const writes = groupCommit(
    database,
    async () => void database.exec('begin immediate'),
    async () => {
      commits.count++
      commit(database)
    },
  )
  const add = (text: string) => writes.run(async () => database.prepare('insert into notes values (?)').run(text).changes)
  const notes = () => database.prepare('select text from notes order by text').pluck().all()
  return { database, commits, writes, add, notes }
}

it('commits changes that wait together once', async () => {
  const { add, commits, notes } = newWriter()
  expect(await Promise.all(['a', 'b', 'c'].map(add))).toEqual([1, 1, 1])
  expect(notes()).toEqual(['a', 'b', 'c'])
  expect(commits.count).toBe(1)
})

it('takes back the one that fails and nothing of the others', async () => {
  const { add, notes } = newWriter()
  const outcomes = await Promise.allSettled(['a', 'a', 'b'].map(add))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(notes()).toEqual(['a', 'b'])
})

it('tells everybody when the commit fails, and goes on', async () => {
  let isFull = true
  const { add, notes } = newWriter((database) => {
    if (isFull) throw new Error('disk full')
    database.exec('commit')
  })
  const outcomes = await Promise.allSettled(['a', 'b'].map(add))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isFull = false
  await add('c')
  expect(notes()).toEqual(['c'])
})

it('Z14 runs each change in the context of its own caller', async () => {
  const { writes } = newWriter()
  const caller = new AsyncLocalStorage<string>()
  const seen = await Promise.all(
    ['one', 'two', 'three'].map((name) => caller.run(name, () => writes.run(async () => caller.getStore()))),
  )
  expect(seen).toEqual(['one', 'two', 'three'])
})

it('is idle when all is written', async () => {
  const { add, writes, notes } = newWriter()
  void add('a')
  await writes.idle()
  expect(notes()).toEqual(['a'])
})
