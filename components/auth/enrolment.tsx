'use client'

import { Center, Loader, Stack, Text, Title } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Enrolment as Begun } from '@/lib/account/schema'
import { startEnrolment } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'
import { BackupCodes, goToOwnFactor } from './backup-codes'
import { ConfirmAuthenticator } from './confirm-authenticator'
import { ProveForm } from './prove-form'
import { forgetInTab, keepInTab } from './tab-memory'
import { useHiddenKey } from './use-hidden-key'

/** Sets up an authenticator: proof of who it is where there is no link, then the QR code and a code of it, then the backup codes. */
export function Enrolment({ hashKey }: { hashKey: string | null }) {
  const text = useText().enrolment
  const [begun, setBegun] = useState<Begun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)

  const confirmed = (given: string[]) => {
    keepInTab('backupCodes', given.join('\n'))
    forgetInTab('/enrol')
    setCodes(given)
  }

  if (codes) return <BackupCodes codes={codes} onKept={hashKey === null ? goToOwnFactor : undefined} />
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{text.title}</Title>
        <Text c="dimmed" mt={6}>
          {text.intro}
        </Text>
      </div>
      {begun && <ConfirmAuthenticator hashKey={hashKey} begun={begun} onConfirmed={confirmed} />}
      {!begun && (hashKey === null ? <ProveForm onBegun={setBegun} /> : <BeginByLink hashKey={hashKey} onBegun={setBegun} />)}
    </Stack>
  )
}

type ByLinkProps = { hashKey: string; onBegun: (begun: Begun) => void }

/** The link alone begins it; it shows the same QR code whenever the page is loaded. */
function BeginByLink({ hashKey, onBegun }: ByLinkProps) {
  const text = useText().enrolment
  const { run } = useServerAction(startEnrolment, { onSuccess: onBegun })
  const begin = useEffectEvent(() => void run({ hashKey }))
  useHiddenKey('/enrol', hashKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins once for a link
  useEffect(() => begin(), [hashKey])

  return (
    <Center mih={200}>
      <Loader aria-label={text.loading} />
    </Center>
  )
}
