'use client'

import { Alert, Group } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { LoadFailure } from '../ui/load-failure'
import { PageTurn } from '../ui/page-turn'
import { MailEmpty } from './mail-empty'
import { mailsQuery } from './mail-query'
import { MailQueryBar } from './mail-query-bar'
import type { MailRights } from './mail-rights'
import { MailTable, MailTableSkeleton } from './mail-table'
import { useMailView } from './use-mail-view'

// Opened by a click: its code comes when it is needed.
const MailDrawer = dynamic(() => import('./mail-drawer').then((module) => module.MailDrawer))

/** The page of all mails: search, filters, rows, pages; the address is its state. */
export function MailList({ mayResend, sendsMail }: MailRights) {
  const text = useText().mail
  const { view, show, open, close } = useMailView()
  const { data, error, isPlaceholderData, refetch } = useQuery(mailsQuery(view, sendsMail))
  const [first, last] = [data?.objects[0], data?.objects.at(-1)]

  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      {!sendsMail && (
        <Alert role="note" color="gray" icon={<IconMailOff aria-hidden />} title={text.noServerTitle} mb="md">
          {text.noServer}
        </Alert>
      )}
      <MailQueryBar view={view} onChange={show} />
      {error && (
        <LoadFailure error={error} title={text.empty.failed} forbidden={text.empty.forbidden} onRetry={() => void refetch()} />
      )}
      {!data && !error && <MailTableSkeleton />}
      {data && data.objects.length === 0 && !error && <MailEmpty view={view} onShow={show} />}
      {data && data.objects.length > 0 && (
        <>
          <MailTable
            mails={data.objects}
            sendsMail={sendsMail}
            openKey={view.mail}
            isStale={isPlaceholderData}
            onOpen={(mail) => open({ mail })}
          />
          <Group component="nav" aria-label={text.pages} justify="flex-end" gap="xs" pt="sm">
            <PageTurn
              to="previous"
              label={text.newer}
              isPossible={data.hasNewer}
              onClick={() => show({ after: first?.key, before: undefined })}
            />
            <PageTurn
              to="next"
              label={text.older}
              isPossible={data.hasOlder}
              onClick={() => show({ before: last?.key, after: undefined })}
            />
          </Group>
        </>
      )}
      {view.mail && (
        <MailDrawer
          key={view.mail}
          mailKey={view.mail}
          rights={{ mayResend, sendsMail }}
          onReplaced={(mail) => show({ mail })}
          onClose={() => close({ mail: undefined })}
        />
      )}
    </>
  )
}
