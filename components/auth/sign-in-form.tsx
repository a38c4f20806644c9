'use client'

import { Alert, Anchor, Button, Checkbox, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import Link from 'next/link'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text'
import { keptOnDevice, rememberKeeping } from './choices-of-device'
import classes from './sign-in-form.module.css'
import { keepInTab, keptInTab } from './tab-memory'
import type { Credentials } from './try-sign-in'

/** What the person has just done, where that leads here. */
export type After = keyof ReturnType<typeof useText>['signIn']['after']

type Props = { problem: string | null; after: After | undefined; onSend: (credentials: Credentials) => Promise<unknown> }

/** E-mail and password; whatever is wrong with them, the answer is the same. */
export function SignInForm({ problem, after, onSend }: Props) {
  const text = useText().signIn
  const [isPending, setPending] = useState(false)
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const keep = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (keep.current && keptOnDevice()) keep.current.checked = true
    const known = keptInTab('email')
    if (!known || !email.current || email.current.value) return
    email.current.value = known
    password.current?.focus()
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = Object.fromEntries(new FormData(event.currentTarget))
    setPending(true)
    const isKept = 'keep' in given
    rememberKeeping(isKept)
    await onSend({ email: String(given['email']), password: String(given['password']), isKept })
    setPending(false)
    password.current?.select()
  }

  return (
    // Were the page not alive yet, a GET would put the password into the address.
    <form onSubmit={submit} method="post">
      <Stack gap="md">
        <Title order={1}>{text.title}</Title>
        {after && (
          <Alert role="status" icon={<IconCircleCheck aria-hidden />}>
            {text.after[after]}
          </Alert>
        )}
        <TextInput
          ref={email}
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
        <Checkbox ref={keep} name="keep" label={text.keep} description={text.keepHint} />
        <Button type="submit" size="md" mt="xs" loading={isPending}>
          {text.submit}
        </Button>
        <Anchor component={Link} href="/forgot" size="sm" ta="center" onClick={() => keepTyped(email.current?.value)}>
          {text.forgot}
        </Anchor>
        <div role="alert" className={classes['answer']}>
          {!isPending && problem && (
            <Alert role="none" color="red" icon={<IconAlertCircle aria-hidden />}>
              {problem}
            </Alert>
          )}
        </div>
      </Stack>
    </form>
  )
}

/** The address need not be typed anew on the next page. */
function keepTyped(email = '') {
  if (email.trim()) keepInTab('email', email.trim())
}
