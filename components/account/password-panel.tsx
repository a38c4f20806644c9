'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { ChangePasswordInput, type SecondFactor } from '@/lib/account/schema'
import { changePassword } from '@/lib/account/server-actions'
import type { RuleSettings, ShownRule } from '@/lib/auth/password-rules'
import { actionQuery } from '../action-query'
import { CodeField } from '../auth/code-field'
import { PasswordChecklist } from '../auth/password-checklist'
import { usePasswordRules } from '../auth/use-password-rules'
import { useText } from '../text/use-text'
import { FormError, PasswordField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import classes from './account.module.css'
import type { OwnProfile } from './profile-panel'

type Props = { email: string; profile: OwnProfile; passwordSettings: RuleSettings }

const empty = { password: '', newPassword: '', otp: '' }

/** Another password, by the old one and a code where there is one. */
export function PasswordPanel({ email, profile, passwordSettings }: Props) {
  const text = useText().account.password
  const rules = usePasswordRules(passwordSettings)
  const { data: factor } = useQuery(actionQuery<z.output<typeof SecondFactor>>('account', 'getSecondFactor', {}))
  const form = useForm({ resolver: zodResolver(following(rules, text.rulesOpen)), defaultValues: empty })
  const { run, isPending } = useServerAction(changePassword, { form, message: text.saved, onSuccess: () => form.reset(empty) })
  const password = useWatch({ control: form.control, name: 'newPassword' })

  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate className={classes['panel']}>
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {text.intro}
        </Text>
        {/* For password managers: whose password it is. */}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField form={form} name="password" label={text.old} autoComplete="current-password" />
        <PasswordField
          form={form}
          name="newPassword"
          label={text.next}
          autoComplete="new-password"
          checklist={<PasswordChecklist rules={rules} password={password} person={{ ...profile, loginEmail: email }} />}
        />
        {factor?.isEnrolled && <CodeField form={form} name="otp" label={text.code} description={text.codeHint} />}
        <FormError form={form} />
        <Group>
          <Button type="submit" loading={isPending}>
            {text.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The action's own schema; what the list shows as missing is said before anything is sent. */
const following = (rules: ShownRule[], message: string) =>
  ChangePasswordInput.extend({
    password: ChangePasswordInput.shape.password.min(1),
    newPassword: ChangePasswordInput.shape.newPassword
      .min(1)
      .refine((password) => rules.every(({ isMet }) => isMet(password)), message),
    otp: z.string(),
  })
