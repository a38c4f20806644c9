import { getText } from '@/app/get-text'
import { NoticeText } from '@/components/layout/notice-page'
import { LinkButton } from '@/components/ui/link-button'

export const generateMetadata = async () => ({ title: (await getText()).users.page.gone })

/** Nobody has this id, or nobody any more. */
export default async function UserNotFound() {
  const text = (await getText()).users.page
  return (
    <NoticeText title={text.gone} action={<LinkButton href="/users?status=deleted">{text.seeDeleted}</LinkButton>}>
      {text.goneHint}
    </NoticeText>
  )
}
