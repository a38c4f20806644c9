import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function SecondFactorEnrolled({ params, text, time }: MailProps<'second-factor-enrolled'>) {
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{text['second-factor-enrolled'].body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.at, time(params.at)],
          [text.facts.address, params.address],
        ]}
      />
      <Note>{text.notYou}</Note>
    </>
  )
}
