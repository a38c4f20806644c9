import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { listAudit } from './actions/list-audit'

/** Who changed what. */
export const auditService = {
  list: listAudit,
} satisfies Service
