import { Facts, Paragraph } from './frame'
import { NotYou } from './not-you'
import type { MailProps } from './template'

export function SecondFactorRemoved({ params, text, time, linkTo }: MailProps<'second-factor-removed'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text['second-factor-removed'].body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.at, time(params.at)],
          [text.facts.by, params.byName],
        ]}
      />
      <NotYou params={params} text={text} linkTo={linkTo} />
    </>
  )
}
