'use client'

import { Button, CopyButton, Group, Stack, Text, Title, type TitleOrder, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useText } from '../text/use-text'
import { download } from '../ui/download'
import classes from './enrolment.module.css'
import { forgetCodes, type GivenCodes } from './kept-codes'

type Props = { given: GivenCodes; titleOrder?: TitleOrder; onKept?: () => void }

/** The ten codes, to be kept: copied, downloaded or printed. Then to sign in, unless `onKept` does something else. */
export function BackupCodes({ given: { email, codes }, titleOrder = 1, onKept = goToSignIn }: Props) {
  const text = useText().enrolment
  const heading = useRef<HTMLHeadingElement>(null)
  const lines = codes.join('\n')

  // What was there before is gone: whoever listens hears the new heading.
  useEffect(() => heading.current?.focus(), [])

  return (
    <Stack gap="md">
      <div>
        <Title order={titleOrder} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {text.codesTitle}
        </Title>
        <Text c="dimmed" mt={6}>
          {text.codesIntro}
        </Text>
      </div>
      <Text className={classes['printed']}>{text.fileTitle(email)}</Text>
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
          onClick={() => download(text.fileName, `${text.fileTitle(email)}\n\n${lines}\n`)}
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
      <Button size="md" onClick={onKept} className={classes['notPrinted']}>
        {text.done}
      </Button>
    </Stack>
  )
}

const goToSignIn = () => forgetAndGo('/sign-in?after=enrolment')

/** Where whoever is signed in comes from. */
export const ownFactor = '/account?tab=factor'

/** For whoever is signed in: the session goes on. */
export const goToOwnFactor = () => forgetAndGo(ownFactor)

/** The tab has kept the codes until now. */
function forgetAndGo(path: string) {
  forgetCodes()
  window.location.assign(path)
}
