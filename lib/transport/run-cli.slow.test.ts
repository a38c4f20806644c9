import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newAccount } from '@/lib/testing'

freshDatabase()

/** The command line as it is typed, on the database of this file. */
function usher(words: string[], input = '') {
  const child = spawn(process.execPath, ['scripts/usher.mjs', ...words], { env: { ...process.env, LOG_LEVEL: 'silent' } })
  let [out, err] = ['', '']
  child.stdout.on('data', (part) => (out += part))
  child.stderr.on('data', (part) => (err += part))
  child.stdin.end(input)
  return new Promise<{ status: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, out, err })),
  )
}

it('answers a line of JSON and status 0, or tells what is wrong and ends with 1', async () => {
  const { partnerId } = await newAccount()
  const account = ['--partnerId', String(partnerId)]
  const [right, nobody, unknown, alone, noAccount] = await Promise.all([
    usher(['user.add', ...account, '--user.id', 'ann', '--json']),
    usher(['user.get', ...account, '--userId', 'nobody']),
    usher(['user.get', ...account, '--id', 'ann']),
    usher(['user.update', ...account, '--userId', 'ann', '--user.title']),
    usher(['sample', '--users', '1']),
  ])
  expect(right).toMatchObject({ status: 0, err: '' })
  expect(right.out).toMatch(/^\{.*"id":"ann".*\}\n$/)
  expect(nobody).toMatchObject({ status: 1, out: '' })
  expect(nobody.err).toMatch(/^INVALID_USER_ID: /)
  expect(unknown).toEqual({ status: 1, out: '', err: 'There is no --id in user.get. It takes --userId.\n' })
  expect(alone).toEqual({ status: 1, out: '', err: '--user.title needs a value.\n' })
  expect(noAccount).toEqual({ status: 1, out: '', err: 'sample needs --partnerId, the number of an account.\n' })
})

it('takes many commands and answers each, whatever becomes of the others', async () => {
  const { partnerId } = await newAccount()
  const commands = [
    ['user.add', '--partnerId', String(partnerId), '--user.id', 'ann'],
    ['user.get', '--partnerId', String(partnerId), '--userId', 'nobody'],
    ['user.get', '--partnerId', String(partnerId), '--userId', 'ann'],
  ]
  const lines = [...commands.map((words) => JSON.stringify(words)), 'user.get', '[]', '{"a":1}']
  const { status, out } = await usher(['batch'], `${lines.join('\n')}\n`)
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, false, false, false])
  expect(answers[1].error.code).toBe('INVALID_USER_ID')
  expect(answers[2].data.id).toBe('ann')
  for (const answer of answers.slice(3)) expect(answer.error.message).toMatch(/one JSON list of words/)
  expect(status).toBe(1)
})
