'use client'

import { Button, CopyButton, Group, Tabs, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useText } from '../text/use-text'
import classes from './api-explorer.module.css'
import { CodeBlock } from './code-block'
import type { Call } from './copy-as/call'
import { toCurl } from './copy-as/curl'
import { toJavaScript } from './copy-as/javascript'
import { toPhp } from './copy-as/php'
import { toPython } from './copy-as/python'
import { type Language, languages } from './explorer-view'

const write: Record<Language, (call: Call) => string> = {
  curl: toCurl,
  javascript: toJavaScript,
  php: toPhp,
  python: toPython,
}

type Props = { call: Call; language: Language; onLanguage: (language: Language) => void }

/** The call as it is filled in, ready to be copied into a program. */
export function CodePanel({ call, language, onLanguage }: Props) {
  const text = useText().apiExplorer
  return (
    <section className={classes['part']} aria-labelledby="code">
      <Title order={3} id="code" mb="xs">
        {text.code}
      </Title>
      <Tabs value={language} onChange={(next) => onLanguage((next ?? 'curl') as Language)} keepMounted={false}>
        <Tabs.List className={classes['tabs']}>
          {languages.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {text.languages[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {languages.map((name) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            <Code language={name} code={write[name](call)} hint={call.needsSession ? text.placeholders : text.noPlaceholders} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  )
}

function Code({ language, code, hint }: { language: Language; code: string; hint: string }) {
  const text = useText().apiExplorer
  const name = text.languages[language]
  return (
    <>
      <CodeBlock label={text.codeIn(name)} code={code} />
      <Group justify="space-between" align="flex-start" mt="xs" wrap="nowrap" className={classes['below']}>
        <Text size="sm" c="dimmed">
          {hint} {text.clients[language]}
        </Text>
        <CopyButton value={code} timeout={2000}>
          {({ copied, copy }) => (
            <>
              <Button
                variant="default"
                size="xs"
                flex="none"
                leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
                onClick={copy}
              >
                {text.copyAs(name)}
              </Button>
              <VisuallyHidden aria-live="polite">{copied ? text.copied : ''}</VisuallyHidden>
            </>
          )}
        </CopyButton>
      </Group>
    </>
  )
}
