import { getText } from '@/app/get-text'
import { ConfirmEmailForm } from '@/components/auth/confirm-email-form'
import { ResumeLink } from '@/components/auth/resume-link'
import { NoticeText } from '@/components/layout/notice-page'
import { LinkButton } from '@/components/ui/link-button'
import { changeOfKey } from '@/lib/account/email-change'
import { keyIn, problemOf } from '../../open-link'

export const generateMetadata = async () => ({ title: (await getText()).account.confirmEmail.title })

/** By the link that was mailed to either address; loading it changes nothing. */
export default async function ConfirmEmailPage({ params }: PageProps<'/confirm-email/[[...hashKey]]'>) {
  const hashKey = keyIn((await params).hashKey)
  if (hashKey === null) {
    return (
      <ResumeLink path="/confirm-email">
        <Problem problem="gone" />
      </ResumeLink>
    )
  }
  const found = await changeOfKey(hashKey, Date.now()).catch((error) => problemOf(error, hashKey))
  if (typeof found === 'string') return <Problem problem={found} />
  const { login, change, side } = found
  const confirmedAt = side === 'old' ? change.oldConfirmedAt : change.newConfirmedAt
  return (
    <ConfirmEmailForm
      hashKey={hashKey}
      oldEmail={login.loginEmail}
      newEmail={change.newEmail}
      side={side}
      isConfirmed={confirmedAt !== null}
    />
  )
}

type Problem = Awaited<ReturnType<typeof problemOf>>

async function Problem({ problem }: { problem: Problem }) {
  const text = (await getText()).account.confirmEmail
  return (
    <NoticeText title={text[`${problem}Title`]} action={<LinkButton href="/account?tab=email">{text.toAccount}</LinkButton>}>
      {text[problem]}
    </NoticeText>
  )
}
