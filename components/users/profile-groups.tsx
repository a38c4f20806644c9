'use client'

import { SimpleGrid, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import type { User } from '@/lib/user/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { useText } from '../text/use-text'
import { SwitchField, TextAreaField, TextField } from '../ui/form-fields'
import { CodedSelect } from './coded-select'
import { DateField } from './date-field'
import { type ProfileField, profileFields, type profileSchema } from './profile-fields'
import classes from './profile-form.module.css'
import { RolesSelect } from './roles-select'

export type ProfileFormState = UseFormReturn<z.input<typeof profileSchema>, unknown, z.output<typeof profileSchema>>

type Props = { form: ProfileFormState; user: User; isSelf: boolean; roles: UserRole[] }

const long: readonly ProfileField[] = ['description', 'partnerData', 'registrationInfo', 'attendanceInfo']
const wide: readonly ProfileField[] = [...long, 'tags', 'isAdmin', 'isSsoExcluded']
/** Hints stand below, so that inputs beside each other begin at the same height. */
const inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** The fields in their groups, each with the input that fits it. */
export function ProfileGroups(props: Props) {
  const text = useText().users
  return Object.entries(profileFields).map(([group, fields]) => (
    <section key={group} className={classes['group']} aria-labelledby={`group-${group}`}>
      <Title order={2} size="h4" id={`group-${group}`}>
        {text.group[group as keyof typeof profileFields]}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="md">
        {fields.map((field) => (
          <div key={field} className={wide.includes(field) ? classes['wide'] : undefined}>
            <Field {...props} field={field} />
          </div>
        ))}
      </SimpleGrid>
    </section>
  ))
}

function Field({ form, user, isSelf, roles, field }: Props & { field: ProfileField }) {
  const text = useText().users
  const hints: Partial<Record<ProfileField, string>> = text.hint
  const shared = { form, label: text.field[field], description: hints[field], inputWrapperOrder }
  const special: Partial<Record<ProfileField, () => ReactNode>> = {
    dateOfBirth: () => <DateField {...shared} name="user.dateOfBirth" />,
    gender: () => (
      <CodedSelect {...shared} name="user.gender" choices={named(text.genders.unknown, text.genders.male, text.genders.female)} />
    ),
    type: () => (
      <CodedSelect
        {...shared}
        name="user.type"
        disabled={user.type === 2}
        choices={named(text.types.user, text.types.group, text.types.applicativeGroup)}
      />
    ),
    userMode: () => <CodedSelect {...shared} name="user.userMode" choices={named(text.admins.no, text.admins.yes)} />,
    isAdmin: () => <SwitchField {...flag(shared)} name="user.isAdmin" disabled={user.isAdmin === true} />,
    isSsoExcluded: () => <SwitchField {...flag(shared)} name="user.isSsoExcluded" />,
    roleIds: () => (
      <RolesSelect
        {...shared}
        name="user.roleIds"
        roles={roles}
        disabled={isSelf}
        description={isSelf ? text.ownRoles : shared.description}
      />
    ),
  }
  const input = special[field]?.()
  if (input) return input
  // Somebody else's data: the browser must not offer the reader's own.
  const line = { ...shared, name: `user.${field}`, dir: 'auto', autoComplete: 'off' } as const
  if (long.includes(field)) return <TextAreaField {...line} />
  return <TextField {...line} type={field === 'email' ? 'email' : 'text'} spellCheck={false} />
}

const named = (...labels: string[]) => labels.map((label, value): [number, string] => [value, label])

function flag<T extends { inputWrapperOrder: unknown }>({ inputWrapperOrder: _, ...props }: T) {
  return props
}
