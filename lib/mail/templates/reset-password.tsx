import { Action, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function ResetPassword({ params, text, time }: MailProps<'reset-password'>) {
  const words = text['reset-password']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Action text={text} label={words.action} link={params.link} />
      <Note>{text.until(time(params.expiresAt))}</Note>
      <Note>{text.unasked}</Note>
    </>
  )
}
