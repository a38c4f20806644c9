'use client'

import { Anchor, Center, Loader, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Enrolment as Begun } from '@/lib/account/schema'
import { startEnrolment } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'
import { BackupCodes, goToOwnFactor, ownFactor } from './backup-codes'
import { ConfirmAuthenticator } from './confirm-authenticator'
import { type GivenCodes, keepCodes } from './kept-codes'
import { forgetEnrolment, keepEnrolment, keptEnrolment } from './kept-enrolment'
import { ProveForm } from './prove-form'
import { forgetInTab } from './tab-memory'
import { useHiddenKey } from './use-hidden-key'

/** The key of a link, or the signed-in person, who finds again what was begun in this tab. */
type By = { hashKey: string; person?: undefined } | { hashKey?: undefined; person: string }

/** Sets up an authenticator: proof of who it is where there is no link, then the QR code and a code of it, then the backup codes. */
export function Enrolment(by: By) {
  const text = useText().enrolment
  const { hashKey = null, person = null } = by
  const [begun, setBegun] = useState<Begun | null>(() => (person === null ? null : keptEnrolment(person)))
  const [given, setGiven] = useState<GivenCodes | null>(null)

  const begin = (shown: Begun) => {
    if (person !== null) keepEnrolment(person, shown)
    setBegun(shown)
  }
  const startOver = () => {
    forgetEnrolment()
    setBegun(null)
  }
  const confirmed = (codes: GivenCodes) => {
    keepCodes(person, codes)
    forgetInTab('/enrol')
    forgetEnrolment()
    setGiven(codes)
  }

  if (given) return <BackupCodes given={given} onKept={hashKey === null ? goToOwnFactor : undefined} />
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{text.title}</Title>
        <Text c="dimmed" mt={6}>
          {text.intro}
        </Text>
      </div>
      {begun && (
        <>
          <ConfirmAuthenticator hashKey={hashKey} begun={begun} onConfirmed={confirmed} />
          {hashKey === null && (
            <Anchor component="button" type="button" onClick={startOver} ta="center" size="sm">
              {text.startOver}
            </Anchor>
          )}
        </>
      )}
      {!begun && (hashKey === null ? <ProveForm onBegun={begin} /> : <BeginByLink hashKey={hashKey} onBegun={begin} />)}
      {hashKey === null && (
        <Anchor component={Link} href={ownFactor} ta="center" size="sm">
          {text.back}
        </Anchor>
      )}
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
