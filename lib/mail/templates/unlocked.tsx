import { Action, Paragraph } from './frame'
import type { MailProps } from './template'

export function Unlocked({ params, text, linkTo }: MailProps<'unlocked'>) {
  const words = text.unlocked
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Action text={text} label={words.action} link={linkTo('sign-in')} />
    </>
  )
}
