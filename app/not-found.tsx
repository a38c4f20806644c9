import { NoticePage } from '@/components/layout/notice-page'
import { getText } from '@/components/text/get-text'
import { LinkButton } from '@/components/ui/link-button'

const text = getText().errors

export const metadata = { title: text.notFoundTitle }

export default function NotFound() {
  return (
    <NoticePage title={text.notFoundTitle} action={<LinkButton href="/">{text.notFoundBack}</LinkButton>}>
      {text.notFound}
    </NoticePage>
  )
}
