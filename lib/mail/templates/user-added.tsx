import { Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function UserAdded({ params, text }: MailProps<'user-added'>) {
  const words = text['user-added']
  return (
    <>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.login, params.loginEmail],
          [text.facts.by, params.creatorName],
        ]}
      />
      <Note>{words.note}</Note>
    </>
  )
}
