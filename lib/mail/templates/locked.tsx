import { Action, Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function Locked({ params, text, time, linkTo }: MailProps<'locked'>) {
  const words = text.locked
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params, time(params.until))}</Paragraph>
      <Facts facts={[[text.facts.address, params.address]]} />
      {params.isResetOff ? (
        <>
          <Paragraph>{words.byAdmin}</Paragraph>
          <Note>{text.tellAdmin}</Note>
        </>
      ) : (
        <>
          <Paragraph>{words.wayOut}</Paragraph>
          <Action text={text} label={text.newPassword} link={linkTo('forgot')} />
          <Note>{words.note}</Note>
        </>
      )}
    </>
  )
}
