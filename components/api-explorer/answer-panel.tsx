'use client'

import { Badge, Group, Loader, Text, Title, VisuallyHidden } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Ran } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import classes from './api-explorer.module.css'
import { CodeBlock } from './code-block'

/** Characters that are shown; a browser slows down with more. */
const mostShown = 100_000

/** What came back, how long it took, and the request id to quote. The old answer stays while a new one is on its way. */
export function AnswerPanel({ ran, isPending }: { ran: Ran | null; isPending: boolean }) {
  const text = useText().apiExplorer
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (ran) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [ran])
  return (
    <section className={classes['part']} aria-labelledby="answer" ref={panel}>
      <Group gap="xs" mb="xs">
        <Title order={3} id="answer">
          {text.answer}
        </Title>
        {isPending && <Loader size="xs" aria-hidden />}
      </Group>
      <VisuallyHidden role="status">{isPending ? text.running : ran ? said(text, ran) : ''}</VisuallyHidden>
      {ran ? (
        <div className={isPending ? classes['stale'] : undefined}>
          <Outcome ran={ran} />
          <CodeBlock label={text.inJson} code={ran.body.slice(0, mostShown)} />
          {ran.body.length > mostShown && (
            <Text size="sm" c="dimmed" mt={4}>
              {text.cut}
            </Text>
          )}
        </div>
      ) : (
        <Text c="dimmed">{text.noAnswer}</Text>
      )}
    </section>
  )
}

type Words = ReturnType<typeof useText>['apiExplorer']

const said = (text: Words, { isError, body, milliseconds }: Ran) =>
  isError ? text.refused(codeIn(body), milliseconds) : text.answered(milliseconds)

const codeIn = (body: string) => String((JSON.parse(body) as { code?: unknown }).code ?? '')

function Outcome({ ran }: { ran: Ran }) {
  const { apiExplorer: text, errors } = useText()
  return (
    <Group gap="xs" mb="xs" className={classes['outcome']}>
      <Badge color={ran.isError ? 'red' : 'teal'}>{ran.isError ? text.error : text.ok}</Badge>
      <Text size="sm">{said(text, ran)}</Text>
      <Group gap={4} wrap="nowrap" miw={0}>
        <Text size="xs" ff="monospace" c="dimmed" className={classes['anywhere']}>
          {errors.requestId(ran.requestId)}
        </Text>
        <CopyButton value={ran.requestId} what={text.theRequestId} />
      </Group>
      <Group gap={0} ms="auto">
        <CopyButton value={ran.body} what={text.theAnswer} />
      </Group>
      {ran.notices.length > 0 && (
        <Text size="sm" w="100%">
          {text.notices(ran.notices.join(', '))}
        </Text>
      )}
    </Group>
  )
}
