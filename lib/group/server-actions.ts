'use server'

import { serverAction } from '@/lib/transport/server-action'
import { groupService } from './service'

export const addGroup = serverAction(groupService.add)
export const getGroup = serverAction(groupService.get)
export const listGroups = serverAction(groupService.list)
export const updateGroup = serverAction(groupService.update)
export const deleteGroup = serverAction(groupService.delete)
