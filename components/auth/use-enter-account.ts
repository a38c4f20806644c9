'use client'

import { signIn, signOut } from 'next-auth/react'
import { useState } from 'react'
import { useText } from '../text/use-text'
import { showFailure } from '../ui/show-failure'
import { rememberAccount } from './choices-of-device'

/** Goes on in another account without typing again, where its rules allow that; else signs out, to sign in for it anew. */
export function useEnterAccount(onward: string) {
  const text = useText().signIn
  const [entering, setEntering] = useState<number | null>(null)

  const enter = async (partnerId: number) => {
    setEntering(partnerId)
    const answer = await signIn('account', { account: String(partnerId), redirect: false }).catch(() => null)
    // A fresh page, so that nothing of the other account stays in memory.
    if (answer?.ok && !answer.error) return leave(partnerId, onward)
    if (answer?.error === 'NEW_LOGIN_REQUIRED') {
      await signOut({ redirect: false }).catch(() => null)
      return leave(partnerId, `/sign-in?after=account&next=${encodeURIComponent(onward)}`)
    }
    setEntering(null)
    showFailure({ message: answer ? text.accounts.failed : text.unreachable, requestId: '' })
  }

  return { enter, entering }
}

function leave(partnerId: number, path: string) {
  rememberAccount(partnerId)
  window.location.assign(path)
}
