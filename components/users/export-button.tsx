'use client'

import { Anchor, Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import Link from 'next/link'
import { exportToCsv } from '@/lib/user/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'
import { toListInput, type UsersView } from './users-view'

type Props = {
  view: UsersView
  /** A mail server is set, so that the link to the file comes by mail, too. */
  sendsMail: boolean
}

/** Has everybody whom the list shows written to a file, and says where it will be. */
export function ExportButton({ view, sendsMail }: Props) {
  const text = useText().users.export
  const { run, isPending } = useServerAction(exportToCsv, {
    onSuccess: (email) =>
      notifications.show({
        role: 'status',
        autoClose: 10_000,
        closeButtonProps: { 'aria-label': text.close },
        title: text.begun,
        message: (
          <>
            {sendsMail ? text.mailed(email) : text.kept}{' '}
            <Anchor component={Link} href="/jobs?type=export" inherit>
              {text.toJobs}
            </Anchor>
          </>
        ),
      }),
  })
  const begin = () => run({ filter: toListInput(view, Math.floor(Date.now() / 1000)).filter })
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={isPending} onClick={begin}>
      {text.button}
    </Button>
  )
}
