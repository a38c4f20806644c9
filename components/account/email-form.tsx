'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { RequestEmailChangeInput, type SecondFactor } from '@/lib/account/schema'
import { requestEmailChange } from '@/lib/account/server-actions'
import { actionQuery } from '../action-query'
import { CodeField } from '../auth/code-field'
import { useText } from '../text/use-text'
import { FormError, PasswordField, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'

const { shape } = RequestEmailChangeInput

const Filled = RequestEmailChangeInput.extend({
  newEmail: shape.newEmail.min(1),
  password: shape.password.min(1),
  otp: z.string(),
})

const empty = { newEmail: '', password: '', otp: '' }

/** Asks for another address, by the password and a code where there is one; `isAgain` where one waits already. */
export function EmailForm({ isAgain }: { isAgain: boolean }) {
  const text = useText().account.email
  const { data: factor } = useQuery(actionQuery<z.output<typeof SecondFactor>>('account', 'getSecondFactor', {}))
  const form = useForm({ resolver: zodResolver(Filled), defaultValues: empty })
  const { run, isPending } = useServerAction(requestEmailChange, {
    form,
    message: text.sent,
    onSuccess: () => form.reset(empty),
  })

  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate>
      <Stack gap="md">
        <Text c="dimmed" size="sm">
          {isAgain ? text.again : text.intro}
        </Text>
        <TextField
          form={form}
          name="newEmail"
          label={text.newEmail}
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
        />
        <PasswordField form={form} name="password" label={text.password} autoComplete="current-password" />
        {factor?.isEnrolled && <CodeField form={form} name="otp" label={text.code} description={text.codeHint} />}
        <FormError form={form} />
        <Group>
          <Button type="submit" loading={isPending}>
            {text.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
