'use client'

import { type FieldPath, type FieldValues, type UseFormReturn, useWatch } from 'react-hook-form'
import type { PersonOfPassword, RuleSettings } from '@/lib/auth/password-rules'
import { PasswordChecklist } from '../auth/password-checklist'
import { usePasswordRules } from '../auth/use-password-rules'
import { useText } from '../text/use-text'
import { PasswordField } from '../ui/form-fields'

type Props<V extends FieldValues, C, O> = {
  form: UseFormReturn<V, C, O>
  name: FieldPath<V>
  settings: RuleSettings
  person: PersonOfPassword
}

/** A password that is set for somebody else, with the account's rules ticked while it is typed. */
export function GivenPasswordField<V extends FieldValues, C, O>({ form, name, settings, person }: Props<V, C, O>) {
  const text = useText().users.credentials
  const rules = usePasswordRules(settings)
  const password = useWatch({ control: form.control, name })
  return (
    <PasswordField
      form={form}
      name={name}
      label={text.passwordLabel}
      autoComplete="new-password"
      checklist={<PasswordChecklist rules={rules} password={String(password ?? '')} person={person} />}
    />
  )
}
