'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { ReplaceExpiredPasswordInput } from '@/lib/account/schema'
import { replaceExpiredPassword } from '@/lib/account/server-actions'
import type { RuleSettings, ShownRule } from '@/lib/auth/password-rules'
import { useText } from '../text/use-text'
import { FormError, PasswordField, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { forgetRules, keptRules } from './kept-rules'
import { OneTimeCodeForm } from './one-time-code-form'
import { PasswordChecklist } from './password-checklist'
import { keepInTab, keptInTab } from './tab-memory'
import { useCodeStep } from './use-code-step'
import { usePasswordRules } from './use-password-rules'

const { shape } = ReplaceExpiredPasswordInput

const Filled = ReplaceExpiredPasswordInput.extend({
  loginId: shape.loginId.min(1),
  password: shape.password.min(1),
  newPassword: shape.newPassword.min(1),
})

/** What the list shows as missing is said before anything is sent. */
const following = (rules: ShownRule[], message: string) =>
  Filled.extend({
    newPassword: Filled.shape.newPassword.refine((password) => rules.every(({ isMet }) => isMet(password)), message),
  })

/** A new password in place of one that is too old: by the old one, and a code where there is one. */
export function ExpiredForm() {
  const {
    expired: text,
    setPassword: { rulesOpen },
  } = useText().recovery
  const [settings, setSettings] = useState<RuleSettings | null>(null)
  const rules = usePasswordRules(settings)
  const form = useForm({
    resolver: zodResolver(following(rules, rulesOpen)),
    defaultValues: { loginId: '', password: '', newPassword: '' },
  })
  const { loginId, newPassword } = useWatch({ control: form.control })
  const step = useCodeStep({ form, refused: text.refused })
  const { run, isPending } = useServerAction(replaceExpiredPassword, {
    form,
    onFailure: step.onFailure,
    onSuccess: () => {
      keepInTab('email', form.getValues('loginId'))
      forgetRules()
      window.location.replace('/sign-in?after=password')
    },
  })

  useEffect(() => form.setValue('loginId', keptInTab('email') ?? ''), [form])
  // The rules are those of one person: with another address they are not known.
  useEffect(() => setSettings(keptRules(loginId ?? '')), [loginId])

  if (step.isCode) {
    return (
      <OneTimeCodeForm
        email={form.getValues('loginId')}
        isUnconfirmed={step.isUnconfirmed}
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
        <PasswordField
          form={form}
          name="newPassword"
          label={text.newPassword}
          autoComplete="new-password"
          size="md"
          checklist={<PasswordChecklist rules={rules} password={newPassword ?? ''} person={{ loginEmail: loginId ?? '' }} />}
        />
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
