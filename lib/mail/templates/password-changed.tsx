import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function PasswordChanged({ params, text, time }: MailProps<'password-changed'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text['password-changed'].body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.at, time(params.at)],
          [text.facts.address, params.address],
        ]}
      />
      <Note>{text.notYou}</Note>
    </>
  )
}
