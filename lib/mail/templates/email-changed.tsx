import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function EmailChanged({ params, text }: MailProps<'email-changed'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text['email-changed'].body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.oldEmail, params.oldEmail],
          [text.facts.newEmail, params.newEmail],
        ]}
      />
      <Note>{text.notYou}</Note>
    </>
  )
}
