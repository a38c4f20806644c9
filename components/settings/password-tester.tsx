'use client'

import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { passwordRules, type ShownRule } from '@/lib/auth/password-rules'
import { PasswordChecklist } from '../auth/password-checklist'
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
  const rules = runnable({
    passwordPreset,
    passwordRules: ownRules.map(({ pattern = '', message = '' }) => ({ pattern, message })),
    secondFactor,
  })
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

/** The rules that can be run: one that is being written may not be an expression yet. */
function runnable({ passwordRules: own, ...settings }: Parameters<typeof passwordRules>[0]): ShownRule[] {
  const isWhole = ({ pattern, message }: (typeof own)[number]) => {
    try {
      return message !== '' && new RegExp(pattern, 'u') !== null
    } catch {
      return false
    }
  }
  return passwordRules({ ...settings, passwordRules: own.filter(isWhole) })
}
