import { Action, Facts, Paragraph } from './frame'
import type { MailProps } from './template'

export function ImportFinished({ params, text }: MailProps<'import-finished'>) {
  const words = text['import-finished']
  return (
    <>
      <Paragraph>{text.hello(params.userName)}</Paragraph>
      <Paragraph>{words.body(params)}</Paragraph>
      <Facts
        facts={[
          [text.facts.file, params.fileName],
          [text.facts.rows, params.rows.toLocaleString(text.language)],
          [text.facts.failedRows, params.failedRows > 0 ? params.failedRows.toLocaleString(text.language) : null],
        ]}
      />
      <Action text={text} label={words.action} link={params.link} />
    </>
  )
}
