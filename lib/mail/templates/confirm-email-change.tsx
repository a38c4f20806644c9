import { Action, Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function ConfirmEmailChange({ params, text, time }: MailProps<'confirm-email-change'>) {
  const words = text['confirm-email-change']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.oldEmail, params.oldEmail],
          [text.facts.newEmail, params.newEmail],
        ]}
      />
      <Action text={text} label={words.action} link={params.link} />
      <Note>{text.until(time(params.expiresAt))}</Note>
      <Note>{text.unasked}</Note>
    </>
  )
}
