'use server'

import { serverAction } from '@/lib/transport/server-action'
import { userService } from './service'

export const addUser = serverAction(userService.add)
export const deleteUser = serverAction(userService.delete)
export const getUser = serverAction(userService.get)
export const listUsers = serverAction(userService.list)
export const updateUser = serverAction(userService.update)
export const checkLoginDataExists = serverAction(userService.checkLoginDataExists)
export const disableLogin = serverAction(userService.disableLogin)
export const enableLogin = serverAction(userService.enableLogin)
export const getByLoginId = serverAction(userService.getByLoginId)
export const indexUser = serverAction(userService.index)
export const demoteAdmin = serverAction(userService.demoteAdmin)
export const acceptInvitation = serverAction(userService.acceptInvitation)
export const restoreUser = serverAction(userService.restore)
export const exportToCsv = serverAction(userService.exportToCsv)
export const notifyBan = serverAction(userService.notifyBan)
export const generateQrCode = serverAction(userService.generateQrCode)
export const loginDataResetPassword = serverAction(userService.loginDataResetPassword)
export const resetPassword = serverAction(userService.resetPassword)
export const setInitialPassword = serverAction(userService.setInitialPassword)
export const updateLoginData = serverAction(userService.updateLoginData)
export const validateHashKey = serverAction(userService.validateHashKey)
export const unlockUser = serverAction(userService.unlock)
export const resetSecondFactor = serverAction(userService.resetSecondFactor)
