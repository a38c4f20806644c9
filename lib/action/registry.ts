import 'server-only'
import { accountService } from '@/lib/account/service'
import { appTokenService } from '@/lib/app-token/service'
import { auditService } from '@/lib/audit/service'
import { bulkUploadService } from '@/lib/bulk-upload/service'
import { exportCsvService } from '@/lib/export-csv/service'
import { groupService } from '@/lib/group/service'
import { groupUserService } from '@/lib/group-user/service'
import { jobService } from '@/lib/jobs/service'
import { mailService } from '@/lib/mail/service'
import { partnerService } from '@/lib/partner/service'
import { permissionService } from '@/lib/permission/service'
import { sessionService } from '@/lib/session/service'
import { systemService } from '@/lib/system/service'
import { userService } from '@/lib/user/service'
import { userRoleService } from '@/lib/user-role/service'
import type { AnyAction, Service } from './define-action'
import { ActionError } from './errors'

/** All services, one line each, by their names on the wire. */
export const services: Record<string, Service> = {
  user: userService,
  session: sessionService,
  userRole: userRoleService,
  permission: permissionService,
  appToken: appTokenService,
  group_group: groupService,
  groupUser: groupUserService,
  partner: partnerService,
  system: systemService,
  audit: auditService,
  account: accountService,
  mail: mailService,
  bulkupload_bulk: bulkUploadService,
  exportcsv: exportCsvService,
  job: jobService,
}

/** Older names of services, folded: links in answers use them. */
const aliases = new Map([['bulkupload', 'bulkupload_bulk']])

// Maps, not objects: a name such as `constructor` finds nothing (I16).
const byName = new Map(
  Object.entries(services).map(([name, service]) => [
    name.toLowerCase(),
    new Map(Object.entries(service).map(([action, definition]) => [action.toLowerCase(), definition])),
  ]),
)

/** The action of a service; names compare without case. `SERVICE_DOES_NOT_EXISTS`, `ACTION_DOES_NOT_EXISTS` (§12). */
export function findAction(service: string, action: string): AnyAction {
  const name = service.toLowerCase()
  const actions = byName.get(aliases.get(name) ?? name)
  if (!actions) throw new ActionError('SERVICE_DOES_NOT_EXISTS', { SRV_NAME: service })
  const found = actions.get(action.toLowerCase())
  if (!found) throw new ActionError('ACTION_DOES_NOT_EXISTS', { ACTION_NAME: action, SERVICE_NAME: service })
  return found
}

/** Every action, in the order of the lists. */
export const allActions = (): AnyAction[] => Object.values(services).flatMap((service) => Object.values(service))
