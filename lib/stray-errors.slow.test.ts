import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'

/** A process that catches what is stray, does this, and would otherwise end well when it has nothing left to do; its status and its log. */
async function run(deed: string, end = 'setTimeout(() => process.exit(1), 10)') {
  const program = `
    import { catchStrayErrors } from './lib/stray-errors.ts'
    catchStrayErrors(() => ${end})
    process.on('exit', () => console.error('{"msg":"over"}'))
    const failure = (properties) => Object.assign(new Error('Failed query: select ?\\nparams: hunter2'), properties);
    ${deed}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, LOG_LEVEL: 'info' },
    timeout: 10_000,
  })
  let text = ''
  child.stderr.on('data', (part) => (text += part))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const log = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level?: string; msg: string })
  return { status, text, log }
}

const ends = [{ level: 'fatal', msg: 'an error that nobody caught: the process ends' }, { msg: 'over' }]

describe('R35 an error that nobody caught', () => {
  it.each([
    ['in a timer', 'setTimeout(() => { throw failure() })'],
    ['in an interval', 'setInterval(() => { throw failure() }, 20)'],
    ['of a stream', `(await import('node:stream')).Readable.from([]).destroy(failure())`],
    ['of a worker thread', `new (await import('node:worker_threads')).Worker('throw new Error()', { eval: true })`],
    ['that is none', 'setTimeout(() => { throw null })'],
  ])(
    '%s ends the process with a status that has it started again, and is logged without what a query was given',
    async (_where, deed) => {
      const { status, text, log } = await run(deed)
      expect(status).toBe(1)
      expect([log[0], log.at(-1)]).toMatchObject(ends)
      expect(text).not.toContain('hunter2')
    },
  )

  it('ends the process with that status, too, where the end waits for what never comes', async () => {
    const { status, log } = await run('setTimeout(() => { throw failure() })', 'new Promise(() => {})')
    expect(status).toBe(1)
    expect(log).toMatchObject(ends)
  })

  it.each([
    ['in a promise that nobody waits for', 'Promise.reject(failure())', 'error'],
    ['of a connection that broke', `setTimeout(() => { throw failure({ code: 'ECONNRESET' }) })`, 'warn'],
  ])('%s is logged, and the process goes on', async (_where, deed, level) => {
    const { status, text, log } = await run(deed)
    expect(status).toBe(0)
    expect(log).toMatchObject([{ level }, { msg: 'over' }])
    expect(text).not.toContain('hunter2')
  })
})
