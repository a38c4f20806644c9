import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import { downloadLink } from '../download-link'
import { exportName } from '../export-file'
import { getFinishedExport } from '../get-finished-export'
import { ExportIdInput } from '../schema'

/** A fresh link to the file of an export, good for a day, while the file lives. `INVALID_OBJECT_ID`. */
export const renewLink = defineAction({
  name: 'exportcsv.renewLink',
  summary: 'Gives a fresh link to the file of an export, good for a day.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'CAPTURE_DEVICE_PERMISSION'],
  input: ExportIdInput,
  output: z.string(),
  errors: [],

  async handle(ctx, { id }) {
    const job = await getFinishedExport(ctx, id, id)
    return (await downloadLink(ctx, exportName(job))).link
  },
})
