import { Facts, Paragraph } from './frame'
import { NotYou } from './not-you'
import type { MailProps } from './template'

export function NewSignIn({ params, text, time, country, linkTo }: MailProps<'new-sign-in'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text['new-sign-in'].body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.at, time(params.at)],
          [text.facts.device, params.device],
          [text.facts.country, country(params.address)],
          [text.facts.address, params.address],
        ]}
      />
      <NotYou params={params} text={text} linkTo={linkTo} />
    </>
  )
}
