'use client'

import { Button, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { UserStatus } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import { updateUser } from '@/lib/user/server-actions'
import { useText } from '../text/use-text'
import { useOnTop } from '../ui/use-on-top'
import { useReturnFocus } from '../ui/use-return-focus'
import { useServerAction } from '../use-action'
import { nameOf } from './user-name'

const spans = { hour: 3600, day: 86_400, week: 604_800 } as const
type Choice = 'forever' | keyof typeof spans | 'date'

type Props = { user: User; onClose: () => void; onBlocked: (blocked: User) => void }

/** Why, and until when. */
export function BlockDialog({ user, onClose, onBlocked }: Props) {
  const text = useText().users
  useReturnFocus()
  useOnTop()
  const [reason, setReason] = useState('')
  const [choice, setChoice] = useState<Choice>('forever')
  const [date, setDate] = useState('')
  const [isDateWrong, setDateWrong] = useState(false)
  const { run, isPending } = useServerAction(updateUser, {
    onSuccess: (blocked) => {
      onClose()
      onBlocked(blocked)
    },
  })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const blockedUntil = endOf(choice, date)
    const isWrong = blockedUntil === undefined
    setDateWrong(isWrong)
    if (!isWrong)
      void run({
        userId: user.id,
        user: { status: UserStatus.BLOCKED },
        version: user.version,
        blockReason: reason || null,
        blockedUntil,
      })
  }

  return (
    <Modal opened onClose={onClose} title={text.blockDialog.title(nameOf(user))} closeButtonProps={{ 'aria-label': text.close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{text.blockDialog.effect}</Text>
          <Textarea
            label={text.blockDialog.reason}
            description={text.blockDialog.reasonHint}
            value={reason}
            maxLength={1000}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            minRows={2}
            data-autofocus
          />
          <Radio.Group label={text.blockDialog.until} value={choice} onChange={(value) => setChoice(value as Choice)}>
            <Stack gap="xs" mt="xs">
              {Object.entries(text.blockDialog.choices).map(([value, label]) => (
                <Radio key={value} value={value} label={label} />
              ))}
            </Stack>
          </Radio.Group>
          {choice === 'date' && (
            <TextInput
              type="date"
              label={text.blockDialog.date}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
              error={isDateWrong ? text.blockDialog.dateNeeded : undefined}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.cancel}
            </Button>
            <Button type="submit" color="red" loading={isPending}>
              {text.block}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Epoch seconds; null for no end, undefined for a day that has passed or is missing. */
function endOf(choice: Choice, date: string): number | null | undefined {
  const now = Math.floor(Date.now() / 1000)
  if (choice === 'forever') return null
  if (choice !== 'date') return now + spans[choice]
  const end = Math.floor(new Date(`${date}T23:59:59`).getTime() / 1000)
  return end > now ? end : undefined
}
