import { getText } from '@/app/get-text'
import { Enrolment } from '@/components/auth/enrolment'
import { KeptBackupCodes } from '@/components/auth/kept-backup-codes'
import { LinkProblem } from '@/components/auth/link-problem'
import { ResumeLink } from '@/components/auth/resume-link'
import { isSignedIn, sessionContext } from '@/lib/auth/session'
import { openLink } from '../../open-link'

export const generateMetadata = async () => ({ title: (await getText()).enrolment.title })

/** By the link that was mailed, or signed in. */
export default async function EnrolPage({ params }: PageProps<'/enrol/[[...hashKey]]'>) {
  const { state, hashKey } = await openLink('enrolment', (await params).hashKey)
  if (state === 'valid') return <Enrolment hashKey={hashKey} />
  if (state !== 'none') return <LinkProblem state={state} hashKey={hashKey} />
  const ctx = await sessionContext()
  const person = isSignedIn(ctx) ? String(ctx.actor.user.loginDataId) : null
  return (
    <KeptBackupCodes person={person}>
      <ResumeLink path="/enrol">{person === null ? <LinkProblem state="none" /> : <Enrolment person={person} />}</ResumeLink>
    </KeptBackupCodes>
  )
}
