import { Action, Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function LoginEnabled({ params, text }: MailProps<'login-enabled'>) {
  const words = text['login-enabled']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts facts={[[text.facts.login, params.loginEmail]]} />
      <Action text={text} label={words.action} link={params.link} />
      <Note>{words.note}</Note>
    </>
  )
}
