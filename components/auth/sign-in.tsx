'use client'

import { Button, Group } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { getExpiredPasswordRules } from '@/lib/account/server-actions'
import { NoticeText } from '../layout/notice-page'
import { useText } from '../text/use-text'
import { LinkButton } from '../ui/link-button'
import { accountOfDevice } from './choices-of-device'
import { forgetRules, keepRules } from './kept-rules'
import { OneTimeCodeForm } from './one-time-code-form'
import { type After, SignInForm } from './sign-in-form'
import { forgetInTab, keepInTab } from './tab-memory'
import { type Credentials, type Outcome, trySignIn } from './try-sign-in'

type Props = {
  onward: string
  after: After | undefined
  /** How long to wait where there was no room for a sign-in. */
  busySeconds: number
}

/** E-mail and password, then a one-time code where the account asks for one. Goes on to the path `onward`. */
export function SignIn({ onward, after, busySeconds }: Props) {
  const text = useText().signIn
  const router = useRouter()
  const [refusal, setRefusal] = useState<Outcome | null>(null)
  // The password waits here for the code, and is gone with this page.
  const [waiting, setWaiting] = useState<Credentials | null>(null)
  const [isUnenrolled, setUnenrolled] = useState(false)
  const [isUnconfirmed, setUnconfirmed] = useState(false)

  /** What has nothing to do with the credentials: the same ones may be right in a moment. */
  const untried: Partial<Record<Outcome, string>> = {
    UNREACHABLE: text.unreachable,
    ACTION_BLOCKED: text.busy(busySeconds),
  }

  /** Answers whether the page goes on to something else than the form that sent, or why a code could not be tried. */
  const go = async (outcome: Outcome, credentials: Credentials): Promise<boolean | string> => {
    if (outcome === 'OK') {
      forgetInTab('email')
      forgetRules()
      // A fresh page, so that nothing of another person's session stays in memory.
      window.location.assign(accountOfDevice() ? onward : `/choose-account?next=${encodeURIComponent(onward)}`)
      return true
    }
    if (outcome === 'INVALID_OTP') return false
    if (waiting && untried[outcome]) return untried[outcome]
    if (outcome !== 'REFUSED') keepInTab('email', credentials.email)
    if (outcome === 'PASSWORD_EXPIRED') {
      await learnRules(credentials)
      router.push('/expired')
      return true
    }
    setUnenrolled(outcome === 'NOT_ENROLLED')
    setUnconfirmed(outcome === 'NOT_CONFIRMED')
    setWaiting(outcome === 'MISSING_OTP' || outcome === 'NOT_CONFIRMED' ? credentials : null)
    setRefusal(outcome)
    return true
  }

  if (isUnenrolled) {
    return (
      <NoticeText
        title={text.notEnrolled.title}
        action={
          <Group>
            <LinkButton href="/forgot">{text.notEnrolled.getLink}</LinkButton>
            <Button variant="subtle" onClick={() => setUnenrolled(false)}>
              {text.notEnrolled.back}
            </Button>
          </Group>
        }
      >
        {text.notEnrolled.body}
      </NoticeText>
    )
  }
  if (waiting) {
    return (
      <OneTimeCodeForm
        email={waiting.email}
        isUnconfirmed={isUnconfirmed}
        onCode={async (code) => go(await trySignIn(waiting, code), waiting)}
        onBack={() => {
          forgetInTab('email')
          setRefusal(null)
          setWaiting(null)
        }}
      />
    )
  }
  const problem = refusal && (untried[refusal] ?? text.refused)
  return <SignInForm problem={problem} after={after} onSend={async (given) => go(await trySignIn(given), given)} />
}

/** By which rules the next password is chosen, for the page where that is done; without them the server alone tells them. */
async function learnRules({ email, password }: Credentials) {
  const answer = await getExpiredPasswordRules({ loginId: email, password }).catch(() => null)
  if (answer?.ok) keepRules(email, answer.data)
  else forgetRules()
}
