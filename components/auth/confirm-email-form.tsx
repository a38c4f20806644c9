'use client'

import { Button, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { confirmEmailChange } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { LinkButton } from '../ui/link-button'
import { useServerAction } from '../use-action'
import { forgetInTab } from './tab-memory'
import { useHiddenKey } from './use-hidden-key'

type Props = { hashKey: string; oldEmail: string; newEmail: string; side: 'old' | 'new'; isConfirmed: boolean }

const path = '/confirm-email'

/** One of the two addresses confirms a change by a button: opening the link does nothing, as mail scanners do that too (M10). */
export function ConfirmEmailForm({ hashKey, oldEmail, newEmail, side, isConfirmed }: Props) {
  const text = useText().account.confirmEmail
  const [state, setState] = useState(isConfirmed ? 'waiting' : null)
  const { run, isPending } = useServerAction(confirmEmailChange, {
    onSuccess: (answer) => {
      if (answer.state === 'changed') forgetInTab(path)
      setState(answer.state)
    },
    // The page says itself what has become of the link meanwhile.
    onFailure: ({ code }) => linkCodes.includes(code) && reload(hashKey),
  })
  useHiddenKey(path, hashKey)

  if (state === 'waiting') return <Done title={text.waitingTitle} body={text.waiting(side === 'old' ? newEmail : oldEmail)} />
  if (state === 'changed') return <Done title={text.changedTitle} body={text.changed(newEmail)} toSignIn={text.toSignIn} />
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>{text.title}</Title>
        <Text c="dimmed" mt={6}>
          {text.intro}
        </Text>
      </div>
      <Address label={text.oldEmail} email={oldEmail} />
      <Address label={text.newEmail} email={newEmail} />
      <Button size="md" loading={isPending} onClick={() => void run({ hashKey })}>
        {text.submit}
      </Button>
      <Text size="sm" c="dimmed">
        {text.decline}
      </Text>
    </Stack>
  )
}

function Address({ label, email }: { label: string; email: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{email}</bdi>
      </Text>
    </div>
  )
}

function Done({ title, body, toSignIn }: { title: string; body: string; toSignIn?: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // What was there before is gone: whoever listens hears the new heading.
  useEffect(() => heading.current?.focus(), [])
  return (
    <Stack gap="md" align="flex-start">
      <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {title}
      </Title>
      <Text c="dimmed">{body}</Text>
      {toSignIn && <LinkButton href="/sign-in">{toSignIn}</LinkButton>}
    </Stack>
  )
}

const linkCodes: string[] = ['NEW_PASSWORD_HASH_KEY_EXPIRED', 'NEW_PASSWORD_HASH_KEY_INVALID']

function reload(hashKey: string) {
  window.location.replace(`${path}/${hashKey}`)
  return true
}
