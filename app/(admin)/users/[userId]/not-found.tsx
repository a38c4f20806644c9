import { NoticeText } from '@/components/layout/notice-page'
import { getText } from '@/components/text/get-text'
import { LinkButton } from '@/components/ui/link-button'

const text = getText().users.page

export const metadata = { title: text.gone }

/** Nobody has this id, or nobody any more. */
export default function UserNotFound() {
  return (
    <NoticeText title={text.gone} action={<LinkButton href="/users?status=deleted">{text.seeDeleted}</LinkButton>}>
      {text.goneHint}
    </NoticeText>
  )
}
