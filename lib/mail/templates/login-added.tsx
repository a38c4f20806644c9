import { Action, Facts, Paragraph } from './frame'
import type { MailProps } from './template'

export function LoginAdded({ params, text }: MailProps<'login-added'>) {
  const words = text['login-added']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts facts={[[text.facts.login, params.loginEmail]]} />
      <Action text={text} label={words.action} link={params.link} />
    </>
  )
}
