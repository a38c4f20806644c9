import { Action, Address, Facts, Note, Paragraph, Warning } from './frame'
import type { MailProps } from './template'

export function ConfirmEmailChange({ params, text, time, linkTo }: MailProps<'confirm-email-change'>) {
  const words = text['confirm-email-change']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.oldEmail, params.oldEmail],
          [text.facts.newEmail, params.newEmail],
        ]}
      />
      <Action text={text} label={words.action} link={params.link} />
      <Note>{text.until(time(params.expiresAt))}</Note>
      {/* Whoever began it knows the password; but the reader at the new address may be a stranger to both. */}
      {params.side !== 'old' && <Note>{text.unasked}</Note>}
      {params.side === 'old' && params.isResetOff && <Warning>{words.tellAdmin}</Warning>}
      {params.side === 'old' && !params.isResetOff && (
        <Warning>
          {words.unasked}
          <br />
          <Address link={linkTo('forgot')} />
        </Warning>
      )}
    </>
  )
}
