'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { useForm } from 'react-hook-form'
import { acceptInvitation } from '@/lib/user/server-actions'
import { AcceptInvitationInput } from '@/lib/user/sign-in-schema'
import { useText } from '../text/use-text'
import { FormError, PasswordField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { OneTimeCodeForm } from './one-time-code-form'
import { forgetInTab, keepInTab } from './tab-memory'
import { useCodeStep } from './use-code-step'
import { useHiddenKey } from './use-hidden-key'

const path = '/accept-invitation'

const Filled = AcceptInvitationInput.extend({
  password: AcceptInvitationInput.shape.password.min(1),
})

/** Which account asks for the sign-in that the person has; accepting takes its password, and a code where there is one. */
export function AcceptInvitationForm({ hashKey, email, account }: { hashKey: string; email: string; account: string }) {
  const text = useText().recovery.invitation
  const form = useForm({ resolver: zodResolver(Filled), defaultValues: { hashKey, password: '' } })
  const step = useCodeStep({ form, refused: text.refused })
  const { run, isPending } = useServerAction(acceptInvitation, {
    form,
    onFailure: step.onFailure,
    onSuccess: () => {
      forgetInTab(path)
      keepInTab('email', email)
      window.location.replace('/sign-in?after=invitation')
    },
  })
  useHiddenKey(path, hashKey)

  if (step.isCode) {
    return (
      <OneTimeCodeForm
        email={email}
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
          <Title order={1}>{text.title(account)}</Title>
          <Text c="dimmed" mt={6}>
            {text.intro(account, email)}
          </Text>
        </div>
        {/* For password managers: whose password it is. */}
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField form={form} name="password" label={text.password} autoComplete="current-password" size="md" autoFocus />
        <FormError form={form} />
        <Button type="submit" size="md" loading={isPending}>
          {text.submit}
        </Button>
        <Text size="sm" c="dimmed">
          {text.decline}
        </Text>
        <Anchor component={Link} href="/forgot" size="sm" ta="center">
          {text.forgot}
        </Anchor>
      </Stack>
    </form>
  )
}
