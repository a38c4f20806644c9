import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { getText } from '@/app/get-text'
import { MailList } from '@/components/mail/mail-list'
import { mailsQuery } from '@/components/mail/mail-query'
import { mailHref, readMailView, toListInput } from '@/components/mail/mail-view'
import { allows } from '@/lib/action/permissions'
import { requireSession } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { listMails } from '@/lib/mail/server-actions'

export const generateMetadata = async () => ({ title: (await getText()).mail.title })

export default async function MailPage({ searchParams }: PageProps<'/mail'>) {
  const view = readMailView(await searchParams)
  const { actor } = await requireSession(mailHref(view, {}))
  const sendsMail = env().smtpUrl !== undefined
  const queries = new QueryClient()
  const rows = await listMails(toListInput(view))
  if (rows.ok) queries.setQueryData(mailsQuery(view, sendsMail).queryKey, rows.data)

  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <MailList mayResend={allows(actor.grants, ['ADMIN_USER_UPDATE'])} sendsMail={sendsMail} />
    </HydrationBoundary>
  )
}
