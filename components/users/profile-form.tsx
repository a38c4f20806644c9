'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { useForm, useFormState } from 'react-hook-form'
import type { User, UserData } from '@/lib/user/schema'
import { updateUser } from '@/lib/user/server-actions'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { FormError } from '../ui/form-fields'
import { useLeaveWarning } from '../ui/use-leave-warning'
import { useServerAction } from '../use-action'
import { ConflictDialog } from './conflict-dialog'
import { formValuesOf, type ProfileField, profileSchema } from './profile-fields'
import classes from './profile-form.module.css'
import { type ProfileFormState, ProfileGroups } from './profile-groups'
import { slipIn } from './slips'
import { userHref } from './user-name'

type Props = { user: User; isSelf: boolean; mayUpdate: boolean; roles: UserRole[] }

/** Every writable field of a person. Sends what was changed, with the version that was read. */
export function ProfileForm({ user, isSelf, mayUpdate, roles }: Props) {
  const text = useText().users
  const router = useRouter()
  const form = useForm({ resolver: zodResolver(profileSchema), defaultValues: formValuesOf(user) })
  const [isConflict, setConflict] = useState(false)
  const changed = useChangedFields(form)
  useLeaveWarning(changed.length > 0)
  useFreshValues(form, user, changed.length > 0)
  useFieldInSight(changed.length > 0)

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
  const save = (fields: readonly ProfileField[], version: number | null | undefined) =>
    run({ userId: user.id, user: sent(form.getValues('user'), fields), version })

  return (
    <form
      onSubmit={form.handleSubmit((values) => {
        const slip = slipIn(values.user, changed, text)
        if (slip) return form.setError(slip.field, { message: slip.message }, { shouldFocus: true })
        return save(changed, values.version)
      })}
      noValidate
    >
      <fieldset disabled={!mayUpdate} className={classes['fields']}>
        <ProfileGroups form={form} user={user} isSelf={isSelf} roles={roles} />
      </fieldset>
      <Stack gap="sm" className={classes['end']}>
        <FormError form={form} />
        {changed.length > 0 && (
          <section className={classes['saveBar']} aria-label={text.unsaved}>
            <Text size="sm" fw={600} role="status">
              {text.changesPending(changed.length)}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={() => form.reset()} disabled={isPending}>
                {text.discard}
              </Button>
              <Button type="submit" loading={isPending}>
                {text.save}
              </Button>
            </Group>
          </section>
        )}
      </Stack>
      {isConflict && (
        <ConflictDialog
          userId={user.id}
          base={form.formState.defaultValues?.user as UserData}
          yours={form.getValues('user')}
          roles={roles}
          isPending={isPending}
          onClose={() => setConflict(false)}
          onSave={save}
          onGivenUp={(theirs) => {
            setConflict(false)
            form.reset(formValuesOf(theirs))
          }}
        />
      )}
    </form>
  )
}

function useChangedFields(form: ProfileFormState) {
  const { dirtyFields } = useFormState({ control: form.control })
  return Object.entries(dirtyFields.user ?? {}).flatMap(([field, isDirty]) => (isDirty ? [field as ProfileField] : []))
}

/** What was read anew, such as after a block, is shown while nothing is typed; what is typed stays with the version it began at. */
function useFreshValues(form: ProfileFormState, user: User, isDirty: boolean) {
  useEffect(() => {
    if (!isDirty && (form.getValues('version') ?? 0) < user.version) form.reset(formValuesOf(user))
  }, [form, user, isDirty])
}

/** The bar comes up under what is typed first: that field is scrolled out from behind it. */
function useFieldInSight(hasBar: boolean) {
  useEffect(() => {
    if (hasBar) document.activeElement?.scrollIntoView({ block: 'nearest' })
  }, [hasBar])
}

/** An emptied text is cleared. */
function sent(values: UserData, fields: readonly ProfileField[]): UserData {
  return Object.fromEntries(fields.map((field) => [field, values[field] === '' ? null : values[field]]))
}
