'use client'

import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { PasswordChecklist } from '../auth/password-checklist'
import { usePasswordRules } from '../auth/use-password-rules'
import { useText } from '../text/use-text'
import type { SecurityForm } from './security-values'

/** Tries a password by the rules as they stand in the form. */
export function PasswordTester({ form }: { form: SecurityForm }) {
  const { settings: text, signIn } = useText()
  const [password, setPassword] = useState('')
  const [passwordPreset, ownRules, secondFactor] = useWatch({
    control: form.control,
    name: ['passwordPreset', 'passwordRules', 'secondFactor'],
  })
  // A rule that has no words yet cannot be shown.
  const whole = ownRules.filter(({ message }) => message !== '')
  const rules = usePasswordRules({ passwordPreset, passwordRules: whole, secondFactor })
  return (
    <PasswordInput
      label={text.tester}
      description={
        <>
          {text.testerHint}
          <PasswordChecklist rules={rules} password={password} />
        </>
      }
      descriptionProps={{ component: 'div' }}
      inputWrapperOrder={['label', 'input', 'description']}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': signIn.showPassword }}
      autoComplete="off"
      value={password}
      onChange={({ currentTarget }) => setPassword(currentTarget.value)}
    />
  )
}
