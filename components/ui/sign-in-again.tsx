'use client'

import { Anchor } from '@mantine/core'
import { useText } from '../text/use-text'

/** Whether something failed because nobody is signed in any more. */
export const isSessionOver = (code: unknown) => code === 'MISSING_KS' || code === 'INVALID_KS'

/** Where to sign in, to come back to the page that is shown now. Only in the browser. */
export function signInHref() {
  const { pathname, search } = window.location
  return `/sign-in?next=${encodeURIComponent(pathname + search)}`
}

/** The way to sign in beside what failed, in another tab, so that what was typed in this one can be sent afterwards. */
export function SignInAgain() {
  const { errors } = useText()
  return (
    <div>
      <Anchor href={signInHref()} target="_blank" inherit underline="always">
        {errors.signInElsewhere}
      </Anchor>
    </div>
  )
}
