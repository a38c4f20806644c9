import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { serveCsv as serveExport } from '@/lib/export-csv/actions/serve-csv'

/** The contract's older name of `exportcsv.serveCsv` (§8.19). */
export const serveCsv = defineAction({ ...serveExport, name: 'user.serveCsv' })
