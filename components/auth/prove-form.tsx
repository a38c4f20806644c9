'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Stack, Text } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { type Enrolment, StartEnrolmentInput } from '@/lib/account/schema'
import { startEnrolment } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { FormError, PasswordField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { CodeField } from './code-field'

const Filled = StartEnrolmentInput.extend({ password: z.string().min(1), otp: z.string() })

/** A signed-in person gives the password once more, and a code of the authenticator that is to be replaced. */
export function ProveForm({ onBegun }: { onBegun: (begun: Enrolment) => void }) {
  const text = useText().enrolment
  const form = useForm({ resolver: zodResolver(Filled), defaultValues: { password: '', otp: '' } })
  const { run, isPending } = useServerAction(startEnrolment, { form, onSuccess: onBegun })

  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate>
      <Stack gap="md">
        <Text>{text.proveIntro}</Text>
        <PasswordField form={form} name="password" label={text.password} autoComplete="current-password" size="md" autoFocus />
        <CodeField form={form} name="otp" label={text.formerCode} description={text.formerCodeHint} size="md" />
        <FormError form={form} />
        <Button type="submit" size="md" loading={isPending}>
          {text.prove}
        </Button>
      </Stack>
    </form>
  )
}
