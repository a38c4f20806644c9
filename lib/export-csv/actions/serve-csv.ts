import 'server-only'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { fileAnswer } from '@/lib/action/fields'
import { forbidden } from '@/lib/action/forbidden'
import { readPrivileges } from '@/lib/auth/privileges'
import { storedFileAnswer } from '@/lib/bulk/stored-files'
import { exportName, exportPath, jobKeyOf } from '../export-file'
import { getFinishedExport } from '../get-finished-export'
import { ServeCsvInput } from '../schema'

/** The contract's bounds of what a cache may be told, seconds (§1.11). */
const [shortest, longest] = [1, 8_640_000]

/**
 * The file of an export (§8.19): to whoever holds a session with the privilege `download` for it, and to administrators of the account.
 * `INVALID_ID` for what is no file name, `INVALID_OBJECT_ID` for a file that is not there, not there any more, or of another account.
 */
export const serveCsv = defineAction({
  name: 'exportcsv.serveCsv',
  summary: 'Gives the file of an export.',
  kind: 'query',
  audience: 'partner',
  permission: ['BASE_USER_SESSION_PERMISSION'],
  input: ServeCsvInput,
  output: fileAnswer(),
  errors: ['INVALID_ID'],

  async handle(ctx, { id }) {
    if (!/^\w+\.csv$/.test(id)) throw new ActionError('INVALID_ID', { ID: id })
    if (!mayDownload(ctx, id)) throw forbidden('exportcsv.serveCsv')
    const job = await getFinishedExport(ctx, jobKeyOf(ctx.partner.id, id), id)
    return storedFileAnswer(exportPath(job), { name: exportName(job), maxAge: maxAgeOf(ctx) })
  },
})

/** `download:{file}`, `download:*` or `*`, compared whole. An administrator's session needs no privilege, unless it is limited to others. */
function mayDownload({ actor }: PartnerContext, file: string) {
  if (actor.kind !== 'user') return actor.kind === 'operator'
  const privileges = readPrivileges(actor.privileges)
  const files = privileges.get('download')
  if (privileges.get('all')?.includes('*') || files?.includes('*') || files?.includes(file)) return true
  return actor.isAdminSession && files === undefined
}

/** No longer than the caller's session lives. */
function maxAgeOf({ actor, now }: PartnerContext) {
  const left = actor.kind === 'user' ? actor.expiresAt - Math.floor(now / 1000) : shortest
  return Math.min(Math.max(left, shortest), longest)
}
