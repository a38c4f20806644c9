'use client'

import { useView } from '../use-view'
import { type MailView, mailHref, readMailView } from './mail-view'

const kind = { read: readMailView, href: mailHref, typed: 'to' } as const

/** What the list of mails shows, in the address. */
export const useMailView = () => useView<MailView>(kind)
