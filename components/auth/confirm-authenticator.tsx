'use client'

import { Box, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconDeviceMobile } from '@tabler/icons-react'
import { QRCodeSVG } from 'qrcode.react'
import { type FormEvent, useState } from 'react'
import type { Enrolment } from '@/lib/account/schema'
import { confirmEnrolment } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { CopyButton } from '../ui/copy-button'
import { showFailure } from '../ui/show-failure'
import { useServerAction } from '../use-action'
import { CodeInput } from './code-input'
import classes from './enrolment.module.css'
import type { GivenCodes } from './kept-codes'

type Props = { hashKey: string | null; begun: Enrolment; onConfirmed: (given: GivenCodes) => void }

/** The QR code, the same as text and as a link for the device itself; then a code that shows that it arrived. */
export function ConfirmAuthenticator({ hashKey, begun: { setupKey, otpauth }, onConfirmed }: Props) {
  const text = useText().enrolment
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const { run, isPending } = useServerAction(confirmEnrolment, {
    onSuccess: onConfirmed,
    onFailure: (error) => {
      setCode('')
      if (error.code === 'INVALID_OTP') setProblem(text.wrong)
      else showFailure(error)
      return true
    },
  })
  const send = (otp: string) => {
    setProblem(null)
    return run({ hashKey, otp })
  }
  const type = (typed: string) => {
    setCode(typed)
    setProblem(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.length === 6 && !isPending) void send(code)
  }

  return (
    <form onSubmit={submit} method="post">
      <Stack gap="md">
        <Title order={2} size="h4">
          1. {text.scanStep}
        </Title>
        <Box className={classes['qrCode']}>
          <QRCodeSVG value={otpauth} size={208} level="M" role="img" aria-label={text.qrCode} title="" />
        </Box>
        <Button
          component="a"
          href={otpauth}
          variant="default"
          hiddenFrom="sm"
          leftSection={<IconDeviceMobile size={18} aria-hidden />}
        >
          {text.openApp}
        </Button>
        <div>
          <Text size="sm" c="dimmed">
            {text.keyHint}
          </Text>
          <Group gap="xs" wrap="nowrap" mt={4}>
            <Text ff="monospace" fz={13} dir="ltr" className={classes['key']}>
              {inFours(setupKey)}
            </Text>
            <CopyButton value={setupKey} what={text.theKey} />
          </Group>
        </div>
        <Title order={2} size="h4" mt="xs">
          2. {text.confirmStep}
        </Title>
        <CodeInput
          label={text.confirmLabel}
          value={code}
          onChange={type}
          onComplete={send}
          error={problem}
          isPending={isPending}
        />
        <Button type="submit" size="md" loading={isPending} disabled={code.length < 6}>
          {text.confirm}
        </Button>
      </Stack>
    </form>
  )
}

const inFours = (key: string) => key.match(/.{1,4}/g)?.join(' ') ?? key
