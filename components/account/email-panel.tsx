'use client'

import { Stack } from '@mantine/core'
import type { EmailChange } from '@/lib/account/schema'
import classes from './account.module.css'
import { EmailForm } from './email-form'
import { Loaded } from './loaded'
import { PendingEmail } from './pending-email'

/** A new address that waits to be confirmed, and how to ask for one. */
export function EmailPanel() {
  return (
    <Loaded<EmailChange> action="getEmailChange">
      {(change) => (
        <Stack gap="lg" className={classes['panel']}>
          {change.newEmail && <PendingEmail change={change} newEmail={change.newEmail} />}
          <EmailForm isAgain={change.newEmail !== null} />
        </Stack>
      )}
    </Loaded>
  )
}
