'use client'

import { Alert, Anchor, Button, Checkbox, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import Link from 'next/link'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text'
import { keptOnDevice, rememberKeeping } from './choices-of-device'
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
        {after && !problem && (
          <Alert role="status" icon={<IconCircleCheck aria-hidden />}>
            {text.after[after]}
          </Alert>
        )}
        {/* Above the fields: a phone's keyboard covers what is below them. */}
        <div role="alert" className="form-error">
          {problem && (
            // Out of sight, not gone, while the next answer is waited for: nothing moves, and the same words are heard again.
            <Alert
              role="none"
              color="red"
              icon={<IconAlertCircle aria-hidden />}
              style={{ visibility: isPending ? 'hidden' : undefined }}
            >
              {problem}
            </Alert>
          )}
        </div>
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
      </Stack>
    </form>
  )
}

/** The address need not be typed anew on the next page. */
function keepTyped(email = '') {
  if (email.trim()) keepInTab('email', email.trim())
}
