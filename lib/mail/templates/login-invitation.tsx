import { Action, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function LoginInvitation({ params, text }: MailProps<'login-invitation'>) {
  const words = text['login-invitation']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Action text={text} label={words.action} link={params.link} />
      <Note>{words.note}</Note>
    </>
  )
}
