import { NoticeText } from '@/components/layout/notice-page'
import { getText } from '@/components/text/get-text'
import { LinkButton } from '@/components/ui/link-button'

/** Nobody has this id, or nobody any more. */
export default function UserNotFound() {
  const text = getText().users.page
  return (
    <NoticeText title={text.gone} action={<LinkButton href="/users?status=deleted">{text.seeDeleted}</LinkButton>}>
      {text.goneHint}
    </NoticeText>
  )
}
