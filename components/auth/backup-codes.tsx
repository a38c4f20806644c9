'use client'

import { Button, CopyButton, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useText } from '../text/use-text'
import classes from './enrolment.module.css'
import { forgetInTab, keptInTab } from './tab-memory'

/** The ten codes, to be kept: copied, downloaded or printed. The tab keeps them until the person says so; then to sign in. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const text = useText().enrolment
  const heading = useRef<HTMLHeadingElement>(null)
  const lines = codes.join('\n')

  // What was there before is gone: whoever listens hears the new heading.
  useEffect(() => heading.current?.focus(), [])

  const leave = () => {
    forgetInTab('backupCodes')
    window.location.assign('/sign-in?after=enrolment')
  }

  return (
    <Stack gap="md">
      <div>
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {text.codesTitle}
        </Title>
        <Text c="dimmed" mt={6}>
          {text.codesIntro}
        </Text>
      </div>
      <ul className={classes['codes']} aria-label={text.codesOf} dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs" className={classes['notPrinted']}>
        <CopyButton value={lines} timeout={2000}>
          {({ copied, copy }) => (
            <>
              <Button
                variant="default"
                px="xs"
                flex="auto"
                leftSection={copied ? <IconCheck size={17} aria-hidden /> : <IconCopy size={17} aria-hidden />}
                onClick={copy}
              >
                {text.copy}
              </Button>
              <VisuallyHidden aria-live="polite">{copied ? text.copied : ''}</VisuallyHidden>
            </>
          )}
        </CopyButton>
        <Button
          variant="default"
          px="xs"
          flex="auto"
          leftSection={<IconDownload size={17} aria-hidden />}
          onClick={() => download(text.fileName, `${text.fileTitle(keptInTab('email') ?? '')}\n\n${lines}\n`)}
        >
          {text.download}
        </Button>
        <Button
          variant="default"
          px="xs"
          flex="auto"
          leftSection={<IconPrinter size={17} aria-hidden />}
          onClick={() => window.print()}
        >
          {text.print}
        </Button>
      </Group>
      <Button size="md" onClick={leave} className={classes['notPrinted']}>
        {text.done}
      </Button>
    </Stack>
  )
}

function download(name: string, content: string) {
  const address = URL.createObjectURL(new Blob([content], { type: 'text/plain' }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}
