'use client'

import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { SecondFactor } from '@/lib/account/schema'
import { newBackupCodes, removeSecondFactor } from '@/lib/account/server-actions'
import { BackupCodes } from '../auth/backup-codes'
import { forgetCodes, type GivenCodes, keepCodes, keptCodes } from '../auth/kept-codes'
import { useText } from '../text/use-text'
import { LinkButton } from '../ui/link-button'
import { RelativeTime } from '../ui/relative-time'
import classes from './account.module.css'
import { Loaded } from './loaded'
import { ProofForm } from './proof-form'

type State = z.output<typeof SecondFactor>

/** How the second factor stands, and what can be done with it. */
export function SecondFactorPanel({ person }: { person: string }) {
  const [given, setGiven] = useState<GivenCodes | null>(null)

  // The former codes are over: the new ones stay until the person says to have kept them.
  useEffect(() => setGiven(keptCodes(person)), [person])

  const give = (codes: GivenCodes) => {
    keepCodes(person, codes)
    setGiven(codes)
  }
  const kept = () => {
    forgetCodes()
    setGiven(null)
  }

  return (
    <div className={classes['panel']}>
      {given ? (
        <BackupCodes given={given} titleOrder={2} onKept={kept} />
      ) : (
        <Loaded<State> action="getSecondFactor">
          {(state) => (state.isEnrolled ? <Enrolled state={state} onCodes={give} /> : <NotEnrolled />)}
        </Loaded>
      )}
    </div>
  )
}

function NotEnrolled() {
  const text = useText().account.factor
  return (
    <Stack gap="md" align="flex-start">
      <div>
        <Title order={2} size="h4">
          {text.off}
        </Title>
        <Text c="dimmed" size="sm" mt={4}>
          {text.offHint}
        </Text>
      </div>
      {/* A page of its own: the backup codes outlast a reload there. */}
      <LinkButton href="/enrol">{text.enrol}</LinkButton>
    </Stack>
  )
}

function Enrolled({ state, onCodes }: { state: State; onCodes: (codes: GivenCodes) => void }) {
  const text = useText().account.factor
  const [step, setStep] = useState<'codes' | 'remove' | null>(null)
  const leave = () => setStep(null)

  if (step === 'codes')
    return <ProofForm title={text.newCodes} hint={text.newCodesHint} action={newBackupCodes} onDone={onCodes} onCancel={leave} />
  if (step === 'remove')
    return (
      <ProofForm
        title={text.remove}
        hint={text.removeHint}
        color="red"
        action={removeSecondFactor}
        message={text.removed}
        onDone={leave}
        onCancel={leave}
      />
    )
  return (
    <Stack gap="md" align="flex-start">
      <div>
        <Title order={2} size="h4">
          {text.on}
        </Title>
        <Text c="dimmed" size="sm" mt={4} component="div">
          {text.since} <RelativeTime at={state.enrolledAt} />. {text.codesLeft(state.backupCodesLeft)}
        </Text>
        {state.isRequired && (
          <Text c="dimmed" size="sm" mt={4}>
            {text.required}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <Button onClick={() => setStep('codes')}>{text.newCodes}</Button>
        <LinkButton href="/enrol" variant="default">
          {text.replace}
        </LinkButton>
        {!state.isRequired && (
          <Button variant="light" color="red" onClick={() => setStep('remove')}>
            {text.remove}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
