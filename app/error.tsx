'use client'

import { Button, Code } from '@mantine/core'
import { NoticePage } from '@/components/layout/notice-page'
import { useText } from '@/components/text/use-text'

/** A page that failed; its reference finds the failure in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const text = useText().errors
  const reference = error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null
  return (
    <NoticePage title={text.crashTitle} action={<Button onClick={retry}>{text.retry}</Button>}>
      {reference ? text.crash : text.crashNoReference} {reference && <Code>{reference}</Code>}
    </NoticePage>
  )
}
