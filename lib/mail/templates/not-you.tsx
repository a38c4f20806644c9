import type { MailEvent } from '../enums'
import { Action, Paragraph } from './frame'
import type { MailProps } from './template'

/** What to do at once, and where, for whoever did not do what the mail tells. */
export function NotYou({ params, text, linkTo }: Pick<MailProps<MailEvent>, 'params' | 'text' | 'linkTo'>) {
  if (params.isResetOff) return <Paragraph>{text.tellAdmin}</Paragraph>
  return (
    <>
      <Paragraph>{text.notYou}</Paragraph>
      <Action text={text} label={text.newPassword} link={linkTo('forgot')} isQuiet />
    </>
  )
}
