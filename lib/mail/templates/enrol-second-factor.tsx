import { Action, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function EnrolSecondFactor({ params, text, time }: MailProps<'enrol-second-factor'>) {
  const words = text['enrol-second-factor']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Action text={text} label={words.action} link={params.link} />
      <Note>{text.until(time(params.expiresAt))}</Note>
    </>
  )
}
