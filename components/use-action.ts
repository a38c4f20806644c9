'use client'

import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import type { Failed, Ok, Result } from '@/lib/action/result'
import type { askForProof as AskForProof } from './auth/proof-dialog'
import { useText } from './text/use-text'
import { showFailure } from './ui/show-failure'
import { isSessionOver } from './ui/sign-in-again'
import { useFocusAfter } from './ui/use-return-focus'

type ActionFailure = Failed['error']

type Options<T, V extends FieldValues, C, O> = {
  /** The key of a query whose object is gone after a success: it is forgotten, not asked again. */
  forget?: readonly unknown[]

  /** The form that sends: its fields take the errors that name them, its `FormError` takes the rest. */
  form?: UseFormReturn<V, C, O>
  onSuccess?: (data: T, result: Ok<T>) => void
  /** Names that the action gives to fields → where the form has them, where they differ. */
  fieldNames?: Record<string, FieldPath<V>>
  /** Called first; answering `true` means that the caller has dealt with it, such as with a version conflict. */
  onFailure?: (error: ActionFailure) => boolean
  /** Said in a notification after a success. */
  message?: string | ((data: T) => string)
}

/**
 * Runs a server action: tells whether it is under way, puts field errors on the form, says the others with their request id (in the
 * form's `FormError`, or in a notification where there is no form), and reloads every query of the services that it changed. An action
 * that the person has to confirm is sent again once that is done; if he would rather not, everything stays as it was.
 */
export function useServerAction<I, T, V extends FieldValues = FieldValues, C = unknown, O = V>(
  action: (input: I) => Promise<Result<T>>,
  { form, forget, fieldNames, onSuccess, onFailure, message }: Options<T, V, C, O> = {},
) {
  const text = useText()
  const queries = useQueryClient()
  const [isPending, setPending] = useState(false)
  const pressed = useRef<Element>(null)
  useFocusAfter(isPending, pressed)

  const fail = (error: ActionFailure) => {
    if (onFailure?.(error)) return
    const shown = isSessionOver(error.code) ? { ...error, message: text.errors.sessionOver } : error
    if (!form) return showFailure(shown)
    const { named, others } = sortedByField(form.getValues(), inForm(shown.fields, fieldNames))
    for (const [index, [path, problem]] of named.entries()) {
      form.setError(path as FieldPath<V>, { type: 'server', message: problem }, { shouldFocus: index === 0 })
    }
    if (named.length === 0 || others.length > 0) {
      const lines = new Set([shown.message, ...others])
      form.setError('root.server', { type: shown.requestId, message: [...lines].join('\n') })
      if (isSessionOver(error.code)) form.setError('root.sessionOver', {})
    }
  }

  const succeed = (result: Ok<T>) => {
    if (forget) queries.removeQueries({ queryKey: forget })
    const isStale = ({ queryKey }: { queryKey: readonly unknown[] }) => result.changes.includes(String(queryKey[0]))
    void queries.invalidateQueries({ predicate: isStale })
    if (message) notifications.show({ message: typeof message === 'function' ? message(result.data) : message })
    onSuccess?.(result.data, result)
  }

  const run = async (input: I) => {
    pressed.current = document.activeElement
    const send = () => action(input).catch(() => null)
    setPending(true)
    form?.clearErrors('root')
    let result = await send()
    const isAsked = result?.ok === false && result.error.code === 'PROOF_REQUIRED'
    // Null where the dialog could not be loaded: the refusal is then said like any other.
    const isProven = isAsked && (await askForProof(text.proof, pressed.current).catch(() => null))
    if (isProven) result = await send()
    setPending(false)
    if (isAsked && isProven === false) return result
    if (result?.ok) succeed(result)
    else fail(result?.error ?? unreachable(text.errors.unreachable))
    return result
  }

  return { run, isPending }
}

/** Needed seldom: its code comes when it is. */
const askForProof: typeof AskForProof = async (text, opener) => (await import('./auth/proof-dialog')).askForProof(text, opener)

const unreachable = (message: string): ActionFailure => ({
  code: 'INTERNAL_SERVERL_ERROR',
  message,
  args: {},
  fields: {},
  requestId: '',
})

const inForm = (fields: Record<string, string>, names: Record<string, string> = {}) =>
  Object.entries(fields).map(([path, problem]) => [names[path] ?? path, problem] as const)

/** Errors whose path the form has a value for, and the texts of those that it does not show. */
function sortedByField(values: unknown, fields: (readonly [path: string, problem: string])[]) {
  const named = fields.filter(([path]) => hasPath(values, path))
  return { named, others: fields.filter(([path]) => !hasPath(values, path)).map(([, problem]) => problem) }
}

function hasPath(values: unknown, path: string) {
  let inner = values
  for (const step of path.split('.')) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return false
    inner = (inner as Record<string, unknown>)[step]
  }
  return true
}
