import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function LoginDisabled({ params, text }: MailProps<'login-disabled'>) {
  const words = text['login-disabled']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts facts={[[text.facts.login, params.loginEmail]]} />
      <Note>{words.note}</Note>
    </>
  )
}
