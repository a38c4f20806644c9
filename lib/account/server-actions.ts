'use server'

import { serverAction } from '@/lib/transport/server-action'
import { accountService } from './service'

export const getLinkState = serverAction(accountService.linkState)
export const renewLink = serverAction(accountService.renewLink)
export const getExpiredPasswordRules = serverAction(accountService.expiredPasswordRules)
export const replaceExpiredPassword = serverAction(accountService.replaceExpiredPassword)
export const getSecondFactor = serverAction(accountService.getSecondFactor)
export const startEnrolment = serverAction(accountService.startEnrolment)
export const confirmEnrolment = serverAction(accountService.confirmEnrolment)
export const newBackupCodes = serverAction(accountService.newBackupCodes)
export const removeSecondFactor = serverAction(accountService.removeSecondFactor)
export const updateProfile = serverAction(accountService.updateProfile)
export const changePassword = serverAction(accountService.changePassword)
export const listSessions = serverAction(accountService.listSessions)
export const endSession = serverAction(accountService.endSession)
export const endOtherSessions = serverAction(accountService.endOtherSessions)
export const listSignIns = serverAction(accountService.listSignIns)
export const getMyData = serverAction(accountService.getMyData)
export const getEmailChange = serverAction(accountService.getEmailChange)
export const requestEmailChange = serverAction(accountService.requestEmailChange)
export const cancelEmailChange = serverAction(accountService.cancelEmailChange)
export const confirmEmailChange = serverAction(accountService.confirmEmailChange)
