import { Action, Facts, Note, Paragraph } from './frame'
import type { MailProps } from './template'

export function ExportReady({ params, text, time }: MailProps<'export-ready'>) {
  const words = text['export-ready']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.file, params.fileName],
          [text.facts.rows, params.rows.toLocaleString(text.language)],
        ]}
      />
      <Action text={text} label={words.action} link={params.link} />
      <Note>{words.until(time(params.expiresAt))}</Note>
    </>
  )
}
