import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function Locked({ params, text, time }: MailProps<'locked'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text.locked.body(params, time(params.until))}</Paragraph>
      <Facts facts={[[text.facts.address, params.address]]} />
      <Note>{text.notYou}</Note>
    </>
  )
}
