'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { RuleSettings, ShownRule } from '@/lib/auth/password-rules'
import { setInitialPassword } from '@/lib/user/server-actions'
import { SetInitialPasswordInput } from '@/lib/user/sign-in-schema'
import { useText } from '../text/use-text'
import { FormError, PasswordField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { PasswordChecklist } from './password-checklist'
import { forgetInTab, keepInTab } from './tab-memory'
import { useHiddenKey } from './use-hidden-key'
import { usePasswordRules } from './use-password-rules'

type Props = { hashKey: string; email: string; partnerName: string; passwordSettings: RuleSettings }

const path = '/set-password'

/** Sets a password by the link that was mailed; goes on to the authenticator where one is needed, else to sign in. */
export function SetPasswordForm({ hashKey, email, partnerName, passwordSettings }: Props) {
  const text = useText().recovery.setPassword
  const rules = usePasswordRules(passwordSettings)
  const form = useForm({ resolver: zodResolver(following(rules, text.rulesOpen)), defaultValues: { hashKey, newPassword: '' } })
  const [isLeaving, setLeaving] = useState(false)
  const { run, isPending } = useServerAction(setInitialPassword, {
    form,
    onSuccess: ({ enrolmentKey }) => leave(enrolmentKey),
    // The page says itself what has become of the link meanwhile.
    onFailure: ({ code }) => linkCodes.includes(code) && reload(hashKey),
  })
  const password = useWatch({ control: form.control, name: 'newPassword' })
  useHiddenKey(path, hashKey)

  const leave = (enrolmentKey: string | null | undefined) => {
    setLeaving(true)
    forgetInTab(path)
    keepInTab('email', email)
    window.location.replace(enrolmentKey ? `/enrol/${enrolmentKey}` : '/sign-in?after=password')
  }

  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate>
      <Stack gap="md">
        <div>
          <Title order={1}>{text.title}</Title>
          <Text c="dimmed" mt={6}>
            {text.intro(email, partnerName)}
          </Text>
        </div>
        {/* For password managers: whose password it is. */}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          form={form}
          name="newPassword"
          label={text.password}
          autoComplete="new-password"
          size="md"
          autoFocus
          checklist={<PasswordChecklist rules={rules} password={password} person={{ loginEmail: email }} />}
        />
        <FormError form={form} />
        <Button type="submit" size="md" loading={isPending || isLeaving}>
          {text.submit}
        </Button>
      </Stack>
    </form>
  )
}

/** The action's own schema; what the list shows as missing is said before anything is sent. */
const following = (rules: ShownRule[], message: string) =>
  SetInitialPasswordInput.extend({
    newPassword: SetInitialPasswordInput.shape.newPassword
      .min(1)
      .refine((password) => rules.every(({ isMet }) => isMet(password)), message),
  })

const linkCodes: string[] = ['NEW_PASSWORD_HASH_KEY_EXPIRED', 'NEW_PASSWORD_HASH_KEY_INVALID', 'LOGIN_DATA_NOT_FOUND']

function reload(hashKey: string) {
  window.location.replace(`${path}/${hashKey}`)
  return true
}
