'use client'

import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { useText } from '../text/use-text'
import { CodeInput } from './code-input'

type Props = {
  email: string
  /** Nobody has given a code of theirs yet: they are told how to come to an authenticator, too. */
  isUnconfirmed: boolean
  /** Tries the code. Answers `false` if it is wrong, or in words why it could not be tried; otherwise the page shows something else next. */
  onCode: (code: string) => Promise<boolean | string>
  onBack: () => void
}

/** The step after the password: a code of the authenticator, or a backup code; and what to do without either. */
export function OneTimeCodeForm({ email, isUnconfirmed, onCode, onBack }: Props) {
  const text = useText().signIn.code
  const [isBackup, setBackup] = useState(false)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)

  const send = async (given: string) => {
    setPending(true)
    setProblem(null)
    const answer = await onCode(given)
    setPending(false)
    if (answer === true) return
    if (answer) return setProblem(answer)
    setProblem(isBackup ? text.wrongBackup : text.wrong)
    if (!isBackup) setCode('')
  }
  const type = (typed: string) => {
    setCode(typed)
    setProblem(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code && !isPending) void send(code)
  }
  const turn = () => {
    setBackup(!isBackup)
    setCode('')
    setProblem(null)
  }

  return (
    <form onSubmit={submit} method="post">
      <Stack gap="md">
        <div>
          <Title order={1}>{isBackup ? text.backupTitle : text.title}</Title>
          <Text c="dimmed" mt={6}>
            {isBackup ? text.backupIntro : text.intro(email)}
          </Text>
        </div>
        {isBackup ? (
          <TextInput
            label={text.backupLabel}
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
            error={problem}
            errorProps={{ role: 'alert' }}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={30}
            size="md"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            autoFocus
          />
        ) : (
          <CodeInput label={text.label} value={code} onChange={type} onComplete={send} error={problem} isPending={isPending} />
        )}
        <Button type="submit" size="md" loading={isPending} disabled={!code}>
          {text.submit}
        </Button>
        <Anchor component="button" type="button" onClick={turn} ta="center" size="sm">
          {isBackup ? text.useCode : text.useBackup}
        </Anchor>
        <Stack gap={4} component="section" aria-label={text.lost}>
          <Text size="sm" fw={600}>
            {text.lost}
          </Text>
          <Text size="sm" c="dimmed">
            {text.lostHelp}
          </Text>
          {isUnconfirmed && (
            <>
              <Text size="sm" fw={600} mt="xs">
                {text.noneYet}
              </Text>
              <Text size="sm" c="dimmed">
                {text.noneYetHelp}{' '}
                <Anchor component={Link} href="/forgot" inherit underline="always">
                  {text.getLink}
                </Anchor>
              </Text>
            </>
          )}
        </Stack>
        <Anchor component="button" type="button" onClick={onBack} ta="center" size="sm">
          {text.back}
        </Anchor>
      </Stack>
    </form>
  )
}
