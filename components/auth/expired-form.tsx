'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { useEffect } from 'react'
import { useForm } from 'react-hook-form'
import { ReplaceExpiredPasswordInput } from '@/lib/account/schema'
import { replaceExpiredPassword } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { FormError, PasswordField, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { OneTimeCodeForm } from './one-time-code-form'
import { keepInTab, keptInTab } from './tab-memory'
import { useCodeStep } from './use-code-step'

const { shape } = ReplaceExpiredPasswordInput

const Filled = ReplaceExpiredPasswordInput.extend({
  loginId: shape.loginId.min(1),
  password: shape.password.min(1),
  newPassword: shape.newPassword.min(1),
})

/** A new password in place of one that is too old: by the old one, and a code where there is one. */
export function ExpiredForm() {
  const text = useText().recovery.expired
  const form = useForm({ resolver: zodResolver(Filled), defaultValues: { loginId: '', password: '', newPassword: '' } })
  const step = useCodeStep({ form, refused: text.refused })
  const { run, isPending } = useServerAction(replaceExpiredPassword, {
    form,
    onFailure: step.onFailure,
    onSuccess: () => {
      keepInTab('email', form.getValues('loginId'))
      window.location.replace('/sign-in?after=password')
    },
  })

  useEffect(() => form.setValue('loginId', keptInTab('email') ?? ''), [form])

  if (step.isCode) {
    return (
      <OneTimeCodeForm
        email={form.getValues('loginId')}
        onCode={(otp) => step.tryCode(() => run({ ...form.getValues(), otp }))}
        onBack={step.leave}
      />
    )
  }
  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate>
      <Stack gap="md">
        <div>
          <Title order={1}>{text.title}</Title>
          <Text c="dimmed" mt={6}>
            {text.intro}
          </Text>
        </div>
        <TextField
          form={form}
          name="loginId"
          label={text.email}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
          size="md"
        />
        <PasswordField form={form} name="password" label={text.oldPassword} autoComplete="current-password" size="md" />
        <PasswordField form={form} name="newPassword" label={text.newPassword} autoComplete="new-password" size="md" />
        <FormError form={form} />
        <Button type="submit" size="md" loading={isPending}>
          {text.submit}
        </Button>
        <Anchor component={Link} href="/forgot" size="sm" ta="center">
          {text.forgot}
        </Anchor>
      </Stack>
    </form>
  )
}
