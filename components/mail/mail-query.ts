import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MailListResponse } from '@/lib/mail/schema'
import { actionQuery } from '../action-query'
import { type MailView, toListInput } from './mail-view'

/** While a mail waits to be sent, which takes seconds. */
const refreshEvery = 5_000

/** The rows of a view. With a mail server, waiting mails are looked at again until they have gone. */
export function mailsQuery(view: MailView, sendsMail: boolean) {
  return queryOptions({
    ...actionQuery<MailListResponse>('mail', 'list', toListInput(view)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      sendsMail && state.data?.objects.some(({ status }) => status === 'queued') ? refreshEvery : false,
  })
}
