import { allows, type Grants } from '@/lib/action/permissions'

/** The reader of the page, and what he may do with people; the server decides again. */
export type Me = { id: string; mayAdd: boolean; mayUpdate: boolean; mayDelete: boolean; mayExport: boolean }

export function meOf({ userId, grants }: { userId: string; grants: Grants }): Me {
  return {
    id: userId,
    mayAdd: allows(grants, ['ADMIN_USER_ADD']),
    mayUpdate: allows(grants, ['ADMIN_USER_UPDATE']),
    mayDelete: allows(grants, ['ADMIN_USER_DELETE']),
    mayExport: allows(grants, ['ADMIN_BASE', 'ACCOUNT_BASE']),
  }
}
