import { getText } from '@/app/get-text'
import { SetUpForm } from '@/components/auth/set-up-form'
import { NoticeText } from '@/components/layout/notice-page'
import { LinkButton } from '@/components/ui/link-button'
import { env } from '@/lib/env'
import { isSetUpToken, setUpIsOpen } from '@/lib/partner/set-up'

export const generateMetadata = async () => ({ title: (await getText()).setUp.title })

export default async function SetUpPage({ searchParams }: PageProps<'/set-up'>) {
  const { token } = await searchParams
  const { setUp: text } = await getText()
  if (!(await setUpIsOpen())) {
    return (
      <NoticeText title={text.doneTitle} action={<LinkButton href="/sign-in">{text.toSignIn}</LinkButton>}>
        {text.done}
      </NoticeText>
    )
  }
  if (typeof token !== 'string') return <NoticeText title={text.noLinkTitle}>{text.noLink}</NoticeText>
  if (!(await isSetUpToken(token))) return <NoticeText title={text.badLinkTitle}>{text.badLink}</NoticeText>
  return <SetUpForm token={token} sendsMail={env().smtpUrl !== undefined} />
}
