import 'server-only'
import { closeDatabase } from '@/db/client'
import { migrate } from '@/db/migrate'
import { newContext, operator } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { FileAnswer } from '@/lib/action/file'
import { allActions, findAction } from '@/lib/action/registry'
import type { Failed, Result } from '@/lib/action/result'
import { failed, runAction } from '@/lib/action/run-action'
import { findPartner } from '@/lib/auth/partner'
import { env, prepareDataFolder } from '@/lib/env'
import { fillSample } from '@/lib/sample/fill-sample'
import { coerceInput } from './api-v3/coerce'
import type { Params } from './api-v3/params'
import { readFields, refuseUnknown } from './cli-fields'
import { printFile, withFiles } from './cli-files'

/**
 * The command line: `usher SERVICE.ACTION [--field value] [--json]`, as operator. Values follow the rules of the wire; `--filter.statusEqual 1`
 * goes into objects, and where a file is wanted its path is given. Prints the answer, or the error with exit status 1.
 */
const usage = `Usage: npm run usher -- SERVICE.ACTION [--field value] [--json]
       npm run usher -- sample --partnerId N --users 10000 --seed 1

  --field value           a parameter of the action; --filter.statusEqual 1 goes into an object, a file is given by its path
  --partnerId N           the account it is about
  --json                  one line of JSON

Actions: ${allActions()
  .map((action) => action.name)
  .join(', ')}
`

async function main([command, ...rest]: string[]): Promise<number> {
  if (!command || command === 'help' || command === '--help') return print(usage)
  const { json, ...fields } = readFields(rest)
  // The answer is what counts here; what was done is in the audit log.
  process.env.LOG_LEVEL ||= 'warn'

  prepareDataFolder(env().dataDir)
  await migrate()
  const result = command === 'sample' ? await sample(fields) : await call(command, fields)
  if (!result.ok) return complain(result)
  if (result.data instanceof FileAnswer) return printFile(result.data, process.stdout).then(() => 0)
  return print(`${json ? JSON.stringify(result.data) : JSON.stringify(result.data, null, 2)}\n`)
}

async function call(command: string, fields: Params): Promise<Result<unknown>> {
  const [service = '', action = ''] = command.split('.')
  const ctx = newContext({ origin: 'cli', actor: operator })
  try {
    const found = findAction(service, action)
    refuseUnknown(found, fields)
    const partner = found.audience === 'partner' ? await partnerOf(fields) : null
    return await withFiles(found, fields, (files) =>
      runAction(found, { ...ctx, partner }, coerceInput(found.input, fields, { now: ctx.now, files })),
    )
  } catch (error) {
    if (error instanceof ActionError) return failed(error, ctx)
    throw error
  }
}

async function partnerOf({ partnerId }: Params) {
  if (partnerId === undefined) throw new ActionError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'partnerId' })
  const partner = await findPartner(Number(partnerId))
  if (!partner) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: String(partnerId) })
  return partner
}

async function sample({ partnerId, users = '10000', seed = '1', ...others }: Params): Promise<Result<unknown>> {
  const ctx = newContext({ origin: 'cli', actor: operator })
  const [other] = Object.keys(others)
  if (other) throw new Error(`There is no --${other} in sample. It takes --partnerId, --users, --seed.`)
  try {
    const data = await fillSample({
      partnerId: whole('partnerId', partnerId),
      users: whole('users', users),
      seed: whole('seed', seed),
    })
    return { ok: true, data, changes: [], notices: [] }
  } catch (error) {
    if (error instanceof ActionError) return failed(error, ctx)
    throw error
  }
}

function whole(name: string, value: unknown) {
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: name })
  return Number(value)
}

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
    // A failed query carries the values it was given; they are nobody's business here.
    process.stderr.write(`${error.message.split('\nparams: ')[0]?.slice(0, 1_000)}\n`)
    return 1
  })
  .then(async (status) => {
    process.exitCode = status
    await closeDatabase()
  })
