import { getText } from '@/app/get-text'
import { AcceptInvitationForm } from '@/components/auth/accept-invitation-form'
import { LinkProblem } from '@/components/auth/link-problem'
import { ResumeLink } from '@/components/auth/resume-link'
import { NoticeText } from '@/components/layout/notice-page'
import { LinkButton } from '@/components/ui/link-button'
import { findInvited } from '@/lib/auth/login-invitation'
import { keyIn, problemOf } from '../../open-link'

export const generateMetadata = async () => ({ title: (await getText()).recovery.invitation.pageTitle })

export default async function AcceptInvitationPage({ params }: PageProps<'/accept-invitation/[[...hashKey]]'>) {
  const hashKey = keyIn((await params).hashKey)
  if (hashKey === null) {
    return (
      <ResumeLink path="/accept-invitation">
        <LinkProblem state="none" />
      </ResumeLink>
    )
  }
  const invited = await findInvited(hashKey, Date.now()).catch((error) => problemOf(error, hashKey))
  if (typeof invited === 'string') {
    const { recovery: text } = await getText()
    const { [invited]: body, [`${invited}Title` as const]: title } = text.invitation
    return (
      <NoticeText title={title} action={<LinkButton href="/sign-in">{text.link.toSignIn}</LinkButton>}>
        {body}
      </NoticeText>
    )
  }
  return <AcceptInvitationForm hashKey={hashKey} email={invited.login.loginEmail} account={invited.partner.name} />
}
