import { Paragraph } from './frame'
import type { MailProps } from './template'

export function MadeAdmin({ params, text }: MailProps<'made-admin'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text['made-admin'].body(params)}</Paragraph>
    </>
  )
}
