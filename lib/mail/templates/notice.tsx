import { Facts, Paragraph } from './frame'
import { NotYou } from './not-you'
import type { MailProps, Template } from './template'

type Notice = 'password-changed' | 'second-factor-enrolled' | 'backup-codes-renewed'

/** What was changed about a sign-in, when and from where, for an owner who may not have done it. */
export function noticeOf<E extends Notice>(event: E): Template<E> {
  return function NoticeMail({ params, text, time, linkTo }: MailProps<Notice>) {
    return (
      <>
        <Paragraph>{text.hello(params.userName)}</Paragraph>
        <Paragraph>{text[event].body(params)}</Paragraph>
        <Facts
          facts={[
            [text.facts.at, time(params.at)],
            [text.facts.address, params.address],
          ]}
        />
        <NotYou params={params} text={text} linkTo={linkTo} />
      </>
    )
  }
}
