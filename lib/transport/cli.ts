import 'server-only'
import { resolve } from 'node:path'
import { copyDatabase } from '@/db/backup'
import { migrate } from '@/db/migrate'
import { newContext, operator } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { findAction } from '@/lib/action/registry'
import type { Result } from '@/lib/action/result'
import { failed, runAction } from '@/lib/action/run-action'
import { findPartner } from '@/lib/auth/partner'
import { refuseOtherSecret } from '@/lib/auth/refuse-other-secret'
import { restore } from '@/lib/backup/restore'
import { env, prepareDataFolder } from '@/lib/env'
import { coerceInput } from './api-v3/coerce'
import type { Params } from './api-v3/params'
import { needsValue, readFields, refuseAlone, refuseUnknown, type Words } from './cli-fields'
import { withFiles } from './cli-files'

/**
 * One command of the command line, as operator: an action with its fields by the rules of the wire, or `backup`, `restore`, `sample`.
 * `--filter.statusEqual 1` goes into objects, and where a file is wanted its path is given. Migrates the database first. Throws one clear
 * sentence for words that make no command, `SettingsError` and `StartError`.
 */
export async function runCommand([command = '', ...rest]: string[]): Promise<Result<unknown>> {
  const read = readFields(rest)
  const { json: _, ...fields } = read.fields
  const words = { fields, alone: read.alone.filter((name) => name !== 'json') }
  prepareDataFolder(env().dataDir)
  // In front of all that needs the database that is there, which may be the damaged one.
  if (command === 'restore') return done(await restore(pathOf(fields, 'from')))
  await migrate()
  await refuseOtherSecret()
  if (command === 'backup') return done(backUp(pathOf(fields, 'to')))
  return command === 'sample' ? sample(words) : call(command, words)
}

function backUp(target: string) {
  copyDatabase(target)
  return { backup: target }
}

const done = (data: unknown): Result<unknown> => ({ ok: true, data, changes: [], notices: [] })

function pathOf(fields: Params, name: string) {
  const { [name]: path, ...others } = fields
  if (typeof path === 'string' && path !== 'true' && Object.keys(others).length === 0) return resolve(path)
  throw new Error(`Give the path of a file and nothing else: --${name} FILE.`)
}

async function call(command: string, { fields, alone }: Words): Promise<Result<unknown>> {
  const [service = '', action = ''] = command.split('.')
  const ctx = newContext({ origin: 'cli', actor: operator })
  try {
    const found = findAction(service, action)
    refuseUnknown(found, fields)
    refuseAlone(found, alone)
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

async function sample({ fields, alone }: Words): Promise<Result<unknown>> {
  const { partnerId, users = '10000', seed = '1', ...others } = fields
  const ctx = newContext({ origin: 'cli', actor: operator })
  const [other] = Object.keys(others)
  if (other) throw new Error(`There is no --${other} in sample. It takes --partnerId, --users, --seed.`)
  if (alone[0] !== undefined) throw needsValue(alone[0])
  if (partnerId === undefined) throw new Error('sample needs --partnerId, the number of an account.')
  // Names in many languages, which no other command wants.
  const { fillSample } = await import('@/lib/sample/fill-sample')
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
