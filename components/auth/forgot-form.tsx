'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { resetPassword } from '@/lib/user/server-actions'
import { ResetPasswordInput } from '@/lib/user/sign-in-schema'
import { useText } from '../text/use-text'
import { FormError, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { forgetSent, keepSent, keptSent, type SentLink } from './kept-sent'
import { LinkSent } from './link-sent'
import { keepInTab, keptInTab } from './tab-memory'

/** Asks for a link by mail. The answer is the same for everybody. */
export function ForgotForm() {
  const text = useText().recovery.forgot
  const form = useForm({ resolver: zodResolver(withAddress(text.emailInvalid)), defaultValues: { email: '' } })
  const [sent, setSent] = useState<SentLink | null>(null)
  const { run, isPending } = useServerAction(resetPassword, {
    form,
    onSuccess: () => setSent(keepSent(form.getValues('email').trim())),
  })

  useEffect(() => {
    const email = keptInTab('email') ?? ''
    form.setValue('email', email)
    setSent(keptSent(email))
  }, [form])

  if (sent) {
    const { email, at } = sent
    return (
      <LinkSent
        said={text.sent(email)}
        hint={text.sentHint}
        sentAt={at}
        send={() => resetPassword({ email })}
        onSentAgain={() => keepSent(email)}
        onOther={() => {
          forgetSent()
          setSent(null)
        }}
      />
    )
  }
  const submit = form.handleSubmit((input) => {
    keepInTab('email', input.email.trim())
    return run(input)
  })
  return (
    <form onSubmit={submit} method="post" noValidate>
      <Stack gap="md">
        <div>
          <Title order={1}>{text.title}</Title>
          <Text c="dimmed" mt={6}>
            {text.intro}
          </Text>
        </div>
        <TextField
          form={form}
          name="email"
          label={text.email}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          size="md"
          autoFocus
        />
        <FormError form={form} />
        <Button type="submit" size="md" loading={isPending}>
          {text.submit}
        </Button>
        <Anchor component={Link} href="/sign-in" size="sm" ta="center">
          {text.back}
        </Anchor>
      </Stack>
    </form>
  )
}

const withAddress = (message: string) =>
  ResetPasswordInput.extend({ email: ResetPasswordInput.shape.email.regex(/^\s*\S+@\S+\s*$/, message) })
