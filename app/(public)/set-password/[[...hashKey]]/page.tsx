import { getText } from '@/app/get-text'
import { LinkProblem } from '@/components/auth/link-problem'
import { ResumeLink } from '@/components/auth/resume-link'
import { SetPasswordForm } from '@/components/auth/set-password-form'
import { ownerOfLink } from '@/lib/auth/owner-of-link'
import { openLink } from '../../open-link'

export const generateMetadata = async () => ({ title: (await getText()).recovery.setPassword.title })

export default async function SetPasswordPage({ params }: PageProps<'/set-password/[[...hashKey]]'>) {
  const { state, hashKey } = await openLink('password', (await params).hashKey)
  if (state === 'none') {
    return (
      <ResumeLink path="/set-password">
        <LinkProblem state="none" />
      </ResumeLink>
    )
  }
  if (state !== 'valid') return <LinkProblem state={state} hashKey={hashKey} />
  return <SetPasswordForm hashKey={hashKey} {...(await ownerOfLink(hashKey, Date.now()))} />
}
