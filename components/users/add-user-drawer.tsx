'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Drawer, Group, Radio, SimpleGrid, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { UserType } from '@/lib/user/enums'
import { AddUserInput } from '@/lib/user/schema'
import { addUser } from '@/lib/user/server-actions'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { FormError, SwitchField, TextField } from '../ui/form-fields'
import { askToLeave, useLeaveWarning } from '../ui/use-leave-warning'
import { useReturnFocus } from '../ui/use-return-focus'
import { useServerAction } from '../use-action'
import { CodedSelect } from './coded-select'
import { credentialChoices, missingFor } from './credentials'
import { CredentialsChoice } from './credentials-choice'
import { GivenPasswordField } from './given-password-field'
import { RolesSelect } from './roles-select'
import type { SignInSettings } from './sign-in-settings'
import { slipIn } from './slips'
import { nameOf } from './user-name'

/** The action's own input, and how the person is to sign in. */
const NewUser = AddUserInput.extend({ credentials: z.enum(credentialChoices) })
type NewUser = z.input<typeof NewUser>

const empty: NewUser = {
  user: {
    id: '',
    email: '',
    firstName: '',
    lastName: '',
    type: UserType.USER,
    isAdmin: false,
    roleIds: '',
    tags: '',
    password: '',
  },
  credentials: 'none',
}

type Props = { roles: UserRole[]; settings: SignInSettings; onClose: () => void }

/** A new person: who, with which rights, and how they get in. */
export function AddUserDrawer({ roles, settings, onClose }: Props) {
  const { users: text, shell } = useText()
  useReturnFocus()
  const form = useForm({ resolver: zodResolver(NewUser), defaultValues: empty })
  const [isAnother, setAnother] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const { isDirty } = form.formState
  useLeaveWarning(isDirty)
  const { run, isPending } = useServerAction(addUser, {
    form,
    // What makes a sign-in speaks of its own parameters.
    fieldNames: { password: 'user.password', loginId: 'user.email' },
    message: (user) => text.addDialog.added(nameOf(user)),
    onSuccess: (_user, { notices }) => {
      if (notices.includes('login-invitation-sent')) notifications.show({ message: text.credentials.asked, autoClose: false })
      form.reset(empty)
    },
  })
  const submit = (isAnother: boolean) =>
    form.handleSubmit(async (values) => {
      const problem = problemOf(values, text)
      if (problem) return form.setError(problem.field, { message: problem.message }, { shouldFocus: true })
      setAnother(isAnother)
      const result = await run({ user: sent(values) })
      if (!result?.ok) return
      // The emptied form knows its fields again only when it is drawn.
      if (isAnother) setTimeout(() => form.setFocus('user.email'))
      else onClose()
    })

  const leave = () => {
    if (!isDirty) return onClose()
    setAsked(true)
    // Later, so that the Escape which answers does not ask again.
    askToLeave(shell.leave, { onLeave: onClose, onClose: () => setTimeout(() => setAsked(false)) })
  }

  return (
    <Drawer
      opened
      onClose={leave}
      // A stray click is not worth a question.
      closeOnClickOutside={!isDirty}
      // Escape is meant for the dialog above.
      closeOnEscape={!isPending && !isAsked}
      position="right"
      size={520}
      padding="lg"
      title={text.addDialog.title}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      <form onSubmit={submit(false)} noValidate>
        <Stack>
          <IdentityFields form={form} />
          <CodedSelect
            form={form}
            name="user.type"
            label={text.addDialog.type}
            choices={[
              [UserType.USER, text.types.user],
              [UserType.GROUP, text.types.group],
              [UserType.APPLICATIVE_GROUP, text.types.applicativeGroup],
            ]}
          />
          <SwitchField form={form} name="user.isAdmin" label={text.addDialog.isAdmin} description={text.addDialog.isAdminHint} />
          <RolesSelect
            form={form}
            name="user.roleIds"
            label={text.addDialog.role}
            description={text.addDialog.roleHint}
            roles={roles}
          />
          <TextField form={form} name="user.tags" label={text.addDialog.tags} description={text.addDialog.tagsHint} />
          <CredentialsFields form={form} settings={settings} />
          <FormError form={form} />
          <Group justify="flex-end">
            {/* Not of type submit: Enter in a field takes the first of those. */}
            <Button variant="default" loading={isPending && isAnother} disabled={isPending} onClick={submit(true)}>
              {text.addDialog.submitAndMore}
            </Button>
            <Button type="submit" loading={isPending && !isAnother} disabled={isPending}>
              {text.addDialog.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}

type Form = ReturnType<typeof useForm<NewUser, unknown, z.output<typeof NewUser>>>

/** The id follows the e-mail until somebody changes it. */
function IdentityFields({ form }: { form: Form }) {
  const text = useText().users.addDialog
  const followed = useRef('')
  const follow = (email: string) => {
    const id = form.getValues('user.id')
    if (!id || id === followed.current) {
      form.setValue('user.id', email)
      // Half an address is a bad id: it is judged when the form is sent.
      form.clearErrors('user.id')
    }
    followed.current = email
  }
  return (
    <>
      <TextField
        form={form}
        name="user.email"
        label={text.email}
        type="email"
        autoComplete="off"
        data-autofocus
        onInput={(event) => follow(event.currentTarget.value.trim())}
      />
      <TextField form={form} name="user.id" label={text.id} description={text.idHint} required autoComplete="off" />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextField form={form} name="user.firstName" label={text.firstName} autoComplete="off" dir="auto" />
        <TextField form={form} name="user.lastName" label={text.lastName} autoComplete="off" dir="auto" />
      </SimpleGrid>
    </>
  )
}

function CredentialsFields({ form, settings }: { form: Form; settings: SignInSettings }) {
  const text = useText().users.credentials
  const [credentials, user] = useWatch({ control: form.control, name: ['credentials', 'user'] })
  const isAdmin = user.isAdmin === true
  // An administrator without a password is invited: there is no administrator without sign-in.
  const shown = isAdmin && credentials === 'none' ? 'invite' : !isAdmin && credentials === 'invite' ? 'none' : credentials
  return (
    <>
      <CredentialsChoice
        value={shown}
        onChange={(value) => form.setValue('credentials', value)}
        isAdmin={isAdmin}
        sendsMail={settings.sendsMail}
        none={
          <Radio value="none" label={text.none} disabled={isAdmin} description={isAdmin ? text.adminNeedsLogin : undefined} />
        }
      />
      {shown === 'password' && (
        <GivenPasswordField
          form={form}
          name="user.password"
          settings={settings.passwordSettings}
          person={{ firstName: user.firstName, lastName: user.lastName, loginEmail: user.email ?? '' }}
        />
      )}
    </>
  )
}

function problemOf({ user, credentials }: z.output<typeof NewUser>, text: ReturnType<typeof useText>['users']) {
  const missing = user.isAdmin || credentials === 'password' ? missingFor(credentials, user, text) : null
  if (missing) return { field: `user.${missing.field}`, message: missing.message } as const
  return slipIn(user, ['email'], text) ?? null
}

/** What was left empty is not sent. */
function sent({ user, credentials }: z.output<typeof NewUser>) {
  const filled = Object.fromEntries(Object.entries(user).filter(([, value]) => value !== '' && value !== null)) as typeof user
  return { ...filled, password: credentials === 'password' ? user.password : undefined }
}
