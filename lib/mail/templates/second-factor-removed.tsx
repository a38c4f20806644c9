import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function SecondFactorRemoved({ params, text, time }: MailProps<'second-factor-removed'>) {
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
      <Note>{text.notYou}</Note>
    </>
  )
}
