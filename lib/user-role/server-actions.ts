'use server'

import { serverAction } from '@/lib/transport/server-action'
import { userRoleService } from './service'

export const addUserRole = serverAction(userRoleService.add)
export const getUserRole = serverAction(userRoleService.get)
export const listUserRoles = serverAction(userRoleService.list)
export const updateUserRole = serverAction(userRoleService.update)
export const deleteUserRole = serverAction(userRoleService.delete)
export const cloneUserRole = serverAction(userRoleService.clone)
