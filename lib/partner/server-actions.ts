'use server'

import { serverAction } from '@/lib/transport/server-action'
import { partnerService } from './service'

export const setUp = serverAction(partnerService.setUp)
export const getPartner = serverAction(partnerService.get)
export const getSettings = serverAction(partnerService.getSettings)
export const updateSettings = serverAction(partnerService.updateSettings)
export const showSecrets = serverAction(partnerService.showSecrets)
export const listPartnersForUser = serverAction(partnerService.listPartnersForUser)
