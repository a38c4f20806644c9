import 'server-only'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { closeDatabase } from '@/db/client'
import { FileAnswer } from '@/lib/action/file'
import { allActions } from '@/lib/action/registry'
import type { Failed } from '@/lib/action/result'
import { runCommand } from './cli'
import { printFile } from './cli-files'

/** The command line: `usher SERVICE.ACTION [--field value] [--json]`. Prints the answer, or the error with exit status 1. */
const usage = `Usage: npm run usher -- SERVICE.ACTION [--field value] [--json]
       npm run usher -- sample --partnerId N --users 10000 --seed 1
       npm run usher -- backup --to FILE
       npm run usher -- restore --from FILE
       npm run usher -- batch

  backup --to FILE        writes a copy of the embedded database, while others go on; keep the secret (AUTH_SECRET or auth-secret) apart
  restore --from FILE     puts such a copy in its place, with the server stopped; everybody signs in again, no link that was mailed works any more, and
                          nothing is mailed or done twice; passwords are as they were, and backup codes used since work once more
  batch                   reads commands from standard input, a line each: ["user.get","--partnerId","101","--userId","ann"];
                          writes a line of JSON for each: {"ok":true,"data":…} or {"ok":false,"error":…}

  --field value           a parameter of the action; --filter.statusEqual 1 goes into an object, a file is given by its path;
                          only what is true or false may stand without a value
  --partnerId N           the account it is about
  --json                  one line of JSON

Actions: ${allActions()
  .map((action) => action.name)
  .join(', ')}
`

async function main(words: string[]): Promise<number> {
  const [command] = words
  if (!command || command === 'help' || command === '--help') return print(usage)
  // The answer is what counts here; what was done is in the audit log.
  process.env.LOG_LEVEL ||= 'warn'

  if (command === 'batch') return batch()
  const result = await runCommand(words)
  if (!result.ok) return complain(result)
  if (result.data instanceof FileAnswer) return printFile(result.data, process.stdout).then(() => 0)
  return print(`${JSON.stringify(result.data, null, words.includes('--json') ? 0 : 2)}\n`)
}

/** Exit status 1 if any command failed; the others are done all the same. */
async function batch() {
  let status = 0
  for await (const line of createInterface({ input: process.stdin })) {
    const result = await commandIn(line)
    if (!result.ok) status = 1
    print(`${JSON.stringify(result)}\n`)
  }
  return status
}

async function commandIn(line: string) {
  try {
    const result = await runCommand(wordsIn(line))
    if (!result.ok) return result
    return { ok: true, data: result.data instanceof FileAnswer ? { file: result.data.name } : result.data }
  } catch (error) {
    return { ok: false, error: { message: sentenceOf(error as Error) } }
  }
}

function wordsIn(line: string) {
  try {
    return Words.parse(JSON.parse(line))
  } catch {
    throw new Error('A command is one JSON list of words, such as ["user.get","--partnerId","101","--userId","ann"].')
  }
}

/** A failed query carries the values it was given; they are nobody's business here. */
const sentenceOf = ({ message }: Error) => message.split('\nparams: ')[0]?.slice(0, 1_000) ?? ''

const Words = z.array(z.string()).min(1)

function print(text: string) {
  process.stdout.write(text)
  return 0
}

function complain({ error }: Failed) {
  process.stderr.write(`${error.code}: ${error.message}\n`)
  for (const [field, message] of Object.entries(error.fields)) process.stderr.write(`  ${field}: ${message}\n`)
  return 1
}

void main(process.argv.slice(2))
  .catch((error: Error) => {
    process.stderr.write(`${sentenceOf(error)}\n`)
    return 1
  })
  .then(async (status) => {
    process.exitCode = status
    await closeDatabase()
  })
