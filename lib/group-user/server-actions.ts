'use server'

import { serverAction } from '@/lib/transport/server-action'
import { groupUserService } from './service'

export const addGroupUser = serverAction(groupUserService.add)
export const listGroupUsers = serverAction(groupUserService.list)
export const deleteGroupUser = serverAction(groupUserService.delete)
export const syncGroupUser = serverAction(groupUserService.sync)
