'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ProofInput } from '@/lib/account/schema'
import type { Result } from '@/lib/action/result'
import { CodeField } from '../auth/code-field'
import { useText } from '../text/use-text'
import { FormError, PasswordField } from '../ui/form-fields'
import { useServerAction } from '../use-action'

const Filled = ProofInput.extend({ password: ProofInput.shape.password.min(1), otp: z.string().min(1) })

type Props<T> = {
  title: string
  hint: string
  /** Of the button that sends, for what cannot be taken back. */
  color?: string
  action: (proof: z.input<typeof ProofInput>) => Promise<Result<T>>
  message?: string
  onDone: (data: T) => void
  onCancel: () => void
}

/** Password and code once more, for what changes the second factor. */
export function ProofForm<T>({ title, hint, color, action, message, onDone, onCancel }: Props<T>) {
  const text = useText().account.factor
  const form = useForm({ resolver: zodResolver(Filled), defaultValues: { password: '', otp: '' } })
  const { run, isPending } = useServerAction(action, { form, message, onSuccess: onDone })
  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate>
      <Stack gap="md">
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text c="dimmed" size="sm" mt={4}>
            {hint}
          </Text>
        </div>
        <PasswordField form={form} name="password" label={text.password} autoComplete="current-password" autoFocus />
        <CodeField form={form} name="otp" label={text.code} description={text.codeHint} />
        <FormError form={form} />
        <Group gap="xs">
          <Button type="submit" color={color} loading={isPending}>
            {title}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {text.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
