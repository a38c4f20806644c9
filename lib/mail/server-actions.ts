'use server'

import { serverAction } from '@/lib/transport/server-action'
import { mailService } from './service'

export const getMail = serverAction(mailService.get)
export const listMails = serverAction(mailService.list)
export const resendMail = serverAction(mailService.resend)
export const showLink = serverAction(mailService.showLink)
