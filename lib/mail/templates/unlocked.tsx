import { Paragraph } from './frame'
import type { MailProps } from './template'

export function Unlocked({ params, text }: MailProps<'unlocked'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text.unlocked.body(params)}</Paragraph>
    </>
  )
}
