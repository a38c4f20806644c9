'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useQuery } from '@tanstack/react-query'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ProofInput, type SecondFactor } from '@/lib/account/schema'
import { actionQuery } from '../action-query'
import type { Text as Catalogue } from '../text/en'
import { useText } from '../text/use-text'
import { FormError, PasswordField } from '../ui/form-fields'
import { useOnTop } from '../ui/use-on-top'
import { useReturnFocus } from '../ui/use-return-focus'
import { CodeField } from './code-field'

/**
 * Has the person confirm that it is he: with the password, and a code of the authenticator where there is one. False when he would rather
 * not. The focus goes back to `opener`.
 */
export function askForProof(text: Catalogue['proof'], opener: Element | null): Promise<boolean> {
  return new Promise((resolve) => {
    const id = modals.open({
      title: text.title,
      closeButtonProps: { 'aria-label': text.cancel },
      // A stray click must not throw away what is being done below.
      closeOnClickOutside: false,
      // Later, so that the Escape which closed it closes nothing below, too.
      onClose: () => setTimeout(() => resolve(false)),
      children: (
        <ProofDialog
          opener={opener}
          onProven={() => {
            resolve(true)
            modals.close(id)
          }}
          onCancel={() => modals.close(id)}
        />
      ),
    })
  })
}

const Filled = ProofInput.extend({
  password: ProofInput.shape.password.min(1),
  otp: z.string(),
})
type Filled = z.output<typeof Filled>

type Props = { opener: Element | null; onProven: () => void; onCancel: () => void }

function ProofDialog({ opener, onProven, onCancel }: Props) {
  const { proof: text, errors } = useText()
  useReturnFocus(opener)
  useOnTop()
  const { data: factor } = useQuery(actionQuery<z.output<typeof SecondFactor>>('account', 'getSecondFactor', {}))
  const form = useForm({ resolver: zodResolver(Filled), defaultValues: { password: '', otp: '' } })
  const [isCodeAsked, setCodeAsked] = useState(false)
  const refusals = useRefusals()

  const prove = async (given: Filled) => {
    form.clearErrors('root')
    const answer = await signIn('confirm', { ...given, redirect: false }).catch(() => null)
    if (answer?.ok && !answer.error) return onProven()
    const refusal = answer ? refusals[answer.error ?? ''] : ([null, errors.unreachable] as const)
    const [field, message] = refusal ?? [null, errors.sessionOver]
    if (field === 'otp') setCodeAsked(true)
    form.setError(field ?? 'root.server', { type: '', message })
    if (!refusal) form.setError('root.sessionOver', {})
    // The field of the code may be drawn only now.
    if (field) setTimeout(() => form.setFocus(field, { shouldSelect: true }))
  }

  return (
    <form onSubmit={form.handleSubmit(prove)} method="post" noValidate>
      <Stack gap="md">
        <Text size="sm">{text.intro}</Text>
        <PasswordField form={form} name="password" label={text.password} autoComplete="current-password" data-autofocus />
        {(factor?.isEnrolled || isCodeAsked) && (
          <CodeField form={form} name="otp" label={text.code} description={text.codeHint} />
        )}
        <FormError form={form} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {text.cancel}
          </Button>
          <Button type="submit" loading={form.formState.isSubmitting}>
            {text.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type Refusal = readonly [field: keyof Filled | null, message: string]

/** What each code means here; any other says that the session is over. */
function useRefusals(): Record<string, Refusal> {
  const { proof: text } = useText()
  return {
    USER_WRONG_PASSWORD: ['password', text.wrongPassword],
    MISSING_OTP: ['otp', text.codeNeeded],
    NOT_CONFIRMED: ['otp', text.codeNeeded],
    INVALID_OTP: ['otp', text.wrongCode],
    NOT_ENROLLED: [null, text.notEnrolled],
    LOGIN_BLOCKED: [null, text.locked],
    LOGIN_RETRIES_EXCEEDED: [null, text.locked],
    ACTION_BLOCKED: [null, text.busy],
  }
}
