'use server'

import { serverAction } from '@/lib/transport/server-action'
import { permissionService } from './service'

export const listPermissions = serverAction(permissionService.list)
