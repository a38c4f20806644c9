import { Action, Facts, Paragraph, Warning } from './frame'
import type { MailProps } from './template'

export function EmailChanged({ params, text, linkTo }: MailProps<'email-changed'>) {
  const words = text['email-changed']
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
      <Action text={text} label={words.action} link={linkTo('sign-in')} />
      <Warning>{words.note}</Warning>
    </>
  )
}
