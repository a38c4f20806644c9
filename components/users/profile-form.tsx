'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Fieldset, Group, SimpleGrid, Stack, Text, Transition } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { type UseFormReturn, useForm } from 'react-hook-form'
import type { z } from 'zod'
import type { User, UserData } from '@/lib/user/schema'
import { updateUser } from '@/lib/user/server-actions'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { FormError, SwitchField, TextAreaField, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { CodedSelect } from './coded-select'
import { ConflictDialog } from './conflict-dialog'
import { DateField } from './date-field'
import { formValuesOf, type ProfileField, profileFields, profileSchema } from './profile-fields'
import classes from './profile-form.module.css'
import { RolesSelect } from './roles-select'
import { userHref } from './user-name'

type Props = { user: User; meId: string; roles: UserRole[] }

/** Every writable field of a person. Sends what was changed, with the version that was read. */
export function ProfileForm({ user, meId, roles }: Props) {
  const text = useText().users
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(profileSchema), defaultValues: formValuesOf(user) })
  const [isConflict, setConflict] = useState(false)
  const changed = Object.keys(form.formState.dirtyFields.user ?? {}) as ProfileField[]
  useLeaveWarning(changed.length > 0)

  const { run, isPending } = useServerAction(updateUser, {
    form,
    message: text.saved,
    onFailure: ({ code }) => {
      setConflict(code === 'VERSION_CONFLICT')
      return code === 'VERSION_CONFLICT'
    },
    onSuccess: (saved) => {
      setConflict(false)
      form.reset(formValuesOf(saved))
      if (saved.id !== user.id) router.replace(userHref(saved.id))
    },
  })
  const save = (values: UserData, version: number | null | undefined) => run({ userId: user.id, user: values, version })
  const submit = form.handleSubmit((values) => save(only(values.user, changed), values.version))

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Fields form={form} user={user} meId={meId} roles={roles} />
        <FormError form={form} />
        <Transition mounted={changed.length > 0} transition="slide-up">
          {(style) => (
            <Group className={classes['saveBar']} style={style} justify="space-between" role="region" aria-label={text.save}>
              <Text size="sm" role="status">
                {text.changesPending(changed.length)}
              </Text>
              <Group gap="xs">
                <Button variant="default" onClick={() => form.reset()}>
                  {text.discard}
                </Button>
                <Button type="submit" loading={isPending}>
                  {text.save}
                </Button>
              </Group>
            </Group>
          )}
        </Transition>
      </Stack>
      {isConflict && (
        <ConflictDialog
          userId={user.id}
          base={formValuesOf(user).user}
          yours={only(form.getValues('user'), changed)}
          isPending={isPending}
          onClose={() => setConflict(false)}
          onSave={save}
        />
      )}
    </form>
  )
}

type Form = UseFormReturn<z.input<typeof profileSchema>, unknown, z.output<typeof profileSchema>>

function Fields({ form, user, meId, roles }: Props & { form: Form }) {
  const text = useText().users
  const hints: Partial<Record<ProfileField, string>> = text.hint
  const isOwner = user.isAccountOwner === true
  const isSelf = user.id === meId

  const line = (field: ProfileField, props: { description?: string } = {}) => (
    <TextField
      key={field}
      form={form}
      name={`user.${field}`}
      label={text.field[field]}
      description={hints[field]}
      dir="auto"
      {...props}
    />
  )
  const lines = (field: ProfileField) => (
    <TextAreaField
      key={field}
      form={form}
      name={`user.${field}`}
      label={text.field[field]}
      description={hints[field]}
      dir="auto"
    />
  )
  const special: Partial<Record<ProfileField, React.ReactNode>> = {
    dateOfBirth: <DateField key="dateOfBirth" form={form} name="user.dateOfBirth" label={text.field.dateOfBirth} />,
    gender: (
      <CodedSelect
        key="gender"
        form={form}
        name="user.gender"
        label={text.field.gender}
        clearable
        choices={[
          [0, text.genders.unknown],
          [1, text.genders.male],
          [2, text.genders.female],
        ]}
      />
    ),
    status: (
      <CodedSelect
        key="status"
        form={form}
        name="user.status"
        label={text.field.status}
        description={isOwner ? text.ownerStays : isSelf ? text.youStay : undefined}
        disabled={isOwner || isSelf}
        choices={[
          [1, text.status.active],
          [0, text.status.blocked],
        ]}
      />
    ),
    type: (
      <CodedSelect
        key="type"
        form={form}
        name="user.type"
        label={text.field.type}
        disabled={user.type === 2}
        choices={[
          [0, text.types.user],
          [1, text.types.group],
          [2, text.types.applicativeGroup],
        ]}
      />
    ),
    isAdmin: (
      <SwitchField
        key="isAdmin"
        form={form}
        name="user.isAdmin"
        label={text.field.isAdmin}
        description={text.hint.isAdmin}
        disabled={user.isAdmin === true}
      />
    ),
    roleIds: (
      <RolesSelect
        key="roleIds"
        form={form}
        name="user.roleIds"
        label={text.field.roleIds}
        description={text.hint.roleIds}
        roles={roles}
        disabled={isSelf}
      />
    ),
    userMode: (
      <CodedSelect
        key="userMode"
        form={form}
        name="user.userMode"
        label={text.field.userMode}
        choices={[
          [0, text.admins.no],
          [1, text.admins.yes],
        ]}
      />
    ),
    isSsoExcluded: <SwitchField key="isSsoExcluded" form={form} name="user.isSsoExcluded" label={text.field.isSsoExcluded} />,
  }

  return Object.entries(profileFields).map(([group, fields]) => (
    <Fieldset key={group} legend={text.group[group as keyof typeof profileFields]} className={classes['group']}>
      <SimpleGrid cols={group === 'more' ? 1 : { base: 1, sm: 2 }} spacing="md">
        {fields.map((field) => special[field] ?? (group === 'more' && field !== 'tags' ? lines(field) : line(field)))}
      </SimpleGrid>
    </Fieldset>
  ))
}

function only(values: UserData, fields: readonly ProfileField[]): UserData {
  return Object.fromEntries(fields.map((field) => [field, values[field]])) as UserData
}

/** The browser asks before what was typed is lost. */
function useLeaveWarning(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isDirty])
}
