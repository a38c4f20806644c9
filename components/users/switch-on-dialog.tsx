'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import type { User } from '@/lib/user/schema'
import { enableLogin } from '@/lib/user/server-actions'
import { EnableLoginInput } from '@/lib/user/sign-in-schema'
import { useText } from '../text/use-text'
import { FormError, TextField } from '../ui/form-fields'
import { useOnTop } from '../ui/use-on-top'
import { useReturnFocus } from '../ui/use-return-focus'
import { useServerAction } from '../use-action'
import { credentialChoices, missingFor } from './credentials'
import { CredentialsChoice } from './credentials-choice'
import { GivenPasswordField } from './given-password-field'
import type { SignInSettings } from './sign-in-settings'
import { slipIn } from './slips'
import { nameOf } from './user-name'

const { loginId, password } = EnableLoginInput.shape
const NewLogin = z.object({ email: loginId, password, credentials: z.enum(credentialChoices) })

type Props = { user: User; settings: SignInSettings; opener: Element | null; onClose: () => void }

/** With which address, and how the person gets the first password. */
export function SwitchOnDialog({ user, settings, opener, onClose }: Props) {
  const { users: text } = useText()
  useReturnFocus(opener)
  useOnTop()
  const isAdmin = user.isAdmin === true
  const form = useForm({
    resolver: zodResolver(NewLogin),
    defaultValues: { email: user.email ?? '', password: '', credentials: isAdmin ? 'invite' : 'password' },
  })
  const [email, credentials] = useWatch({ control: form.control, name: ['email', 'credentials'] })
  const { isDirty } = form.formState
  const { run, isPending } = useServerAction(enableLogin, {
    form,
    fieldNames: { loginId: 'email' },
    onSuccess: (_user, { notices }) => {
      onClose()
      if (notices.includes('login-invitation-sent'))
        return notifications.show({ message: text.credentials.asked, autoClose: false })
      const { email, credentials } = form.getValues()
      const { done, invited, kept } = text.switchOnDialog
      const invitation = settings.sendsMail ? invited : kept
      notifications.show({ message: credentials === 'invite' ? invitation(email) : done(nameOf(user), email) })
    },
  })
  const submit = form.handleSubmit(async ({ email, password, credentials }) => {
    const problem = missingFor(credentials, { email, password }, text)
    if (problem) return form.setError(problem.field, { message: problem.message }, { shouldFocus: true })
    const slip = slipIn({ email }, ['email'], text)
    if (slip) return form.setError('email', { message: slip.message }, { shouldFocus: true })
    await run({ userId: user.id, loginId: email, password: credentials === 'password' ? password : null })
  })

  return (
    <Modal
      opened
      onClose={onClose}
      // A stray click is not worth what was typed, and Escape is meant for the dialog above.
      closeOnClickOutside={!isDirty}
      closeOnEscape={!isPending}
      title={text.switchOnDialog.title(nameOf(user))}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{text.switchOnDialog.effect}</Text>
          <TextField
            form={form}
            name="email"
            label={text.switchOnDialog.email}
            type="email"
            autoComplete="off"
            required
            data-autofocus
          />
          <CredentialsChoice
            value={credentials}
            onChange={(value) => form.setValue('credentials', value, { shouldDirty: true })}
            isAdmin={isAdmin}
            sendsMail={settings.sendsMail}
          />
          {credentials === 'password' && (
            <GivenPasswordField
              form={form}
              name="password"
              settings={settings.passwordSettings}
              person={{ firstName: user.firstName, lastName: user.lastName, loginEmail: email }}
            />
          )}
          <FormError form={form} />
          <Group justify="flex-end">
            <Button variant="default" disabled={isPending} onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" loading={isPending}>
              {text.switchOnDialog.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
