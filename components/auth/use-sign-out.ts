'use client'

import { signOut } from 'next-auth/react'
import { useState } from 'react'
import { forgetCodes } from './kept-codes'
import { forgetEnrolment } from './kept-enrolment'

/** Ends the session and leaves with a fresh page, so that nothing of it stays in memory. */
export function useSignOut() {
  const [isPending, setPending] = useState(false)
  const leave = async () => {
    setPending(true)
    forgetEnrolment()
    forgetCodes()
    await signOut({ redirect: false }).finally(() => setPending(false))
    window.location.assign('/sign-in')
  }
  return { signOut: leave, isPending }
}
