import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { getMail } from './actions/get-mail'
import { listMails } from './actions/list-mails'
import { resendMail } from './actions/resend-mail'
import { showLink } from './actions/show-link'

/** What Usher wrote to people, and what became of it. */
export const mailService = {
  get: getMail,
  list: listMails,
  resend: resendMail,
  showLink,
} satisfies Service
