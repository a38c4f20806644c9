'use server'

import { serverAction } from '@/lib/transport/server-action'
import { userRoleService } from './service'

export const listUserRoles = serverAction(userRoleService.list)
