'use server'

import { serverAction } from '@/lib/transport/server-action'
import { userService } from './service'

export const addUser = serverAction(userService.add)
export const deleteUser = serverAction(userService.delete)
export const getUser = serverAction(userService.get)
export const listUsers = serverAction(userService.list)
export const updateUser = serverAction(userService.update)
export const restoreUser = serverAction(userService.restore)
