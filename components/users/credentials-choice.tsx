'use client'

import { Radio, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../text/use-text'
import type { Credentials } from './credentials'

type Props = {
  value: Credentials
  onChange: (value: Credentials) => void
  isAdmin: boolean
  sendsMail: boolean
  /** "No sign-in", where that is among what can be chosen. */
  none?: ReactNode
}

/** How somebody gets in: by an invitation, which is for administrators alone, or with a password that is set now. */
export function CredentialsChoice({ value, onChange, isAdmin, sendsMail, none }: Props) {
  const text = useText().users.credentials
  const inviteHint = sendsMail ? text.inviteHint : text.inviteByHand
  return (
    <Radio.Group label={text.label} value={value} onChange={(chosen) => onChange(chosen as Credentials)}>
      <Stack gap="xs" mt="xs">
        <Radio
          value="invite"
          label={text.invite}
          description={isAdmin ? inviteHint : text.inviteAdminsOnly}
          disabled={!isAdmin}
        />
        <Radio value="password" label={text.password} description={text.passwordHint} />
        {none}
      </Stack>
    </Radio.Group>
  )
}
