import { Action, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function Invitation({ params, text }: MailProps<'invitation'>) {
  const words = text.invitation
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Paragraph>{`${text.facts.login}: ${params.loginEmail}`}</Paragraph>
      <Action text={text} label={words.action} link={params.link} />
      <Note>{words.note}</Note>
    </>
  )
}
