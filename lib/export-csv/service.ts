import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { abortExport } from './actions/abort-export'
import { listExports } from './actions/list-exports'
import { renewLink } from './actions/renew-link'
import { serveCsv } from './actions/serve-csv'

/** Exports of users (appendix A); then what Usher adds. */
export const exportCsvService = {
  serveCsv,

  list: listExports,
  abort: abortExport,
  renewLink,
} satisfies Service
