'use client'

import {
  Alert,
  PasswordInput,
  type PasswordInputProps,
  Switch,
  type SwitchProps,
  Text,
  Textarea,
  type TextareaProps,
  TextInput,
  type TextInputProps,
} from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type FieldPath, type FieldValues, type UseFormReturn, useController, useFormState } from 'react-hook-form'
import { useText } from '../text/use-text'
import { SignInAgain } from './sign-in-again'

/**
 * Mantine's inputs bound to a react-hook-form field: value, change, blur, focus on error and the error's text, from the schema or from
 * the server. Each takes every prop of its input besides. Only the field that changes renders again.
 */
export type Bound<V extends FieldValues, C, O, P> = Omit<P, 'form' | 'name' | 'value' | 'defaultValue' | 'checked' | 'error'> & {
  form: UseFormReturn<V, C, O>
  name: FieldPath<V>
}

/** One line of text; an absent value shows empty, an emptied one is `''`. */
export function TextField<V extends FieldValues, C, O>({ form, name, ...props }: Bound<V, C, O, TextInputProps>) {
  const { field, error } = useBound(form, name)
  return <TextInput {...props} {...field} value={String(field.value ?? '')} error={error} />
}

/** Several lines of text, growing with them. */
export function TextAreaField<V extends FieldValues, C, O>({ form, name, ...props }: Bound<V, C, O, TextareaProps>) {
  const { field, error } = useBound(form, name)
  return <Textarea autosize minRows={2} maxRows={12} {...props} {...field} value={String(field.value ?? '')} error={error} />
}

/**
 * A password with a switch to show it. Give `autoComplete`: `current-password` or `new-password`; with the latter a `checklist` of its
 * rules, which is read out with the field.
 */
export function PasswordField<V extends FieldValues, C, O>({
  form,
  name,
  checklist,
  ...props
}: Bound<V, C, O, PasswordInputProps> & { checklist?: ReactNode }) {
  const { field, error } = useBound(form, name)
  const { showPassword } = useText().signIn
  return (
    <PasswordInput
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': showPassword }}
      description={checklist}
      descriptionProps={{ component: 'div' }}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      aria-invalid={error !== undefined}
      {...props}
      {...field}
      value={String(field.value ?? '')}
      error={error}
    />
  )
}

/** On or off. */
export function SwitchField<V extends FieldValues, C, O>({ form, name, ...props }: Bound<V, C, O, SwitchProps>) {
  const { field, error } = useBound(form, name)
  const { value, ...rest } = field
  return <Switch {...props} {...rest} checked={Boolean(value)} error={error} />
}

/** What the server refused that no field shows, with the request id to quote and, where `root.sessionOver` is set, the way to sign in. Every form that sends an action has one. */
export function FormError<V extends FieldValues, C, O>({ form }: { form: UseFormReturn<V, C, O> }) {
  const { errors } = useFormState({ control: form.control })
  const text = useText().errors
  const problem = errors.root?.['server']
  return (
    <div role="alert" className="form-error">
      {problem && (
        <Alert role="none" color="red" icon={<IconAlertCircle aria-hidden />} title={text.title}>
          <span style={{ whiteSpace: 'pre-line' }}>{problem.message}</span>
          {errors.root?.['sessionOver'] && <SignInAgain />}
          {problem.type && (
            <Text size="xs" ff="monospace" mt={4}>
              {text.requestId(String(problem.type))}
            </Text>
          )}
        </Alert>
      )}
    </div>
  )
}

export function useBound<V extends FieldValues, C, O>(form: UseFormReturn<V, C, O>, name: FieldPath<V>) {
  const { field, fieldState } = useController({ control: form.control, name })
  return { field, error: fieldState.error?.message }
}
