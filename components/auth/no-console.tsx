'use client'

import { Button } from '@mantine/core'
import { NoticePage } from '../layout/notice-page'
import { useText } from '../text/use-text'
import { useSignOut } from './use-sign-out'

/** Signed in, but without a role that opens the console: says so, and lets the person out. */
export function NoConsole({ email, partnerName }: { email: string; partnerName: string }) {
  const text = useText().shell
  const { signOut, isPending } = useSignOut()
  return (
    <NoticePage
      title={text.noConsoleTitle}
      action={
        <Button onClick={signOut} loading={isPending}>
          {text.signOut}
        </Button>
      }
    >
      {text.noConsole(email, partnerName)}
    </NoticePage>
  )
}
