'use server'

import { serverAction } from '@/lib/transport/server-action'
import { appTokenService } from './service'

export const addAppToken = serverAction(appTokenService.add)
export const getAppToken = serverAction(appTokenService.get)
export const listAppTokens = serverAction(appTokenService.list)
export const updateAppToken = serverAction(appTokenService.update)
export const deleteAppToken = serverAction(appTokenService.delete)
