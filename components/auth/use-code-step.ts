'use client'

import { useState } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import type { Failed, Result } from '@/lib/action/result'

type Options<V extends FieldValues, C, O> = {
  form: UseFormReturn<V, C, O>
  /** Said in the form for whatever is wrong with person or password. */
  refused: string
}

/**
 * A form whose action asks for a one-time code where the person has an authenticator: the form stays as it is while the code is asked
 * for. Give `onFailure` to `useServerAction`, and send with a code through `tryCode`.
 */
export function useCodeStep<V extends FieldValues, C, O>({ form, refused }: Options<V, C, O>) {
  const [isCode, setCode] = useState(false)
  const [isUnconfirmed, setUnconfirmed] = useState(false)

  const onFailure = ({ code, reason }: Failed['error']) => {
    if (code === 'INVALID_OTP') return true
    setCode(code === 'MISSING_OTP')
    setUnconfirmed(reason === 'NOT_ENROLLED' || reason === 'NOT_CONFIRMED')
    if (code === 'MISSING_OTP') return true
    if (!vague.includes(code)) return false
    form.setError('root.server', { type: '', message: refused })
    return true
  }

  /** False only for a wrong code; else the form, or the next page, shows what came of it. */
  const tryCode = async (send: () => Promise<Result<unknown> | null>) => {
    const result = await send()
    return result === null || result.ok || result.error.code !== 'INVALID_OTP'
  }

  return { isCode, isUnconfirmed, onFailure, tryCode, leave: () => setCode(false) }
}

const vague: string[] = ['USER_WRONG_PASSWORD', 'USER_NOT_FOUND', 'LOGIN_BLOCKED', 'LOGIN_RETRIES_EXCEEDED', 'USER_DATA_ERROR']
