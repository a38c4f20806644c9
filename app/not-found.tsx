import { getText } from '@/app/get-text'
import { NoticePage } from '@/components/layout/notice-page'
import { LinkButton } from '@/components/ui/link-button'

export const generateMetadata = async () => ({ title: (await getText()).errors.notFoundTitle })

export default async function NotFound() {
  const { errors: text } = await getText()
  return (
    <NoticePage title={text.notFoundTitle} action={<LinkButton href="/">{text.notFoundBack}</LinkButton>}>
      {text.notFound}
    </NoticePage>
  )
}
