'use client'

import { Alert, Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { signIn } from 'next-auth/react'
import { type FormEvent, useRef, useState } from 'react'
import { useText } from '../text/use-text'
import classes from './sign-in-form.module.css'

/** E-mail and password; whatever is wrong with them, the answer is the same. Goes on to the path `onward`. */
export function SignInForm({ onward }: { onward: string }) {
  const text = useText().signIn
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const password = useRef<HTMLInputElement>(null)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { email, password: secret } = Object.fromEntries(new FormData(event.currentTarget))
    setProblem(null)
    setPending(true)
    const answer = await signIn('credentials', { email, password: secret, redirect: false }).catch(() => null)
    // A fresh page, so that nothing of another person's session stays in memory.
    if (answer?.ok) return window.location.assign(onward)
    setPending(false)
    setProblem(answer ? reasonOf(answer.error, text) : text.unreachable)
    password.current?.select()
  }

  return (
    // Were the page not alive yet, a GET would put the password into the address.
    <form onSubmit={submit} method="post">
      <Stack gap="md">
        <Title order={1}>{text.title}</Title>
        <TextInput
          label={text.email}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          maxLength={320}
          size="md"
          autoFocus
        />
        <PasswordInput
          ref={password}
          label={text.password}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          visibilityToggleFocusable
          visibilityToggleButtonProps={{ 'aria-label': text.showPassword }}
        />
        <Button type="submit" size="md" mt="xs" loading={isPending}>
          {text.submit}
        </Button>
        <div role="alert" className={classes['answer']}>
          {problem && (
            <Alert role="none" color="red" icon={<IconAlertCircle aria-hidden />}>
              {problem}
            </Alert>
          )}
        </div>
      </Stack>
    </form>
  )
}

const needsCode = new Set(['MISSING_OTP', 'INVALID_OTP', 'NOT_ENROLLED'])

function reasonOf(error: string | null | undefined, text: ReturnType<typeof useText>['signIn']) {
  if (error === 'PASSWORD_EXPIRED') return text.expired
  if (error && needsCode.has(error)) return text.codeNeeded
  return error === 'ACTION_BLOCKED' ? text.busy : text.refused
}
