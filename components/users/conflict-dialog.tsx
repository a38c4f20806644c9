'use client'

import { Alert, Button, Group, Loader, Modal, Radio, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { User, UserData } from '@/lib/user/schema'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { formValuesOf, type ProfileField } from './profile-fields'

type Props = {
  userId: string
  /** What the form was filled with. */
  base: UserData
  /** What was changed in it. */
  yours: UserData
  isPending: boolean
  onClose: () => void
  onSave: (values: UserData, version: number) => void
}

/** Two people changed the same user: for each field that both have, whose it shall be. */
export function ConflictDialog({ userId, base, yours, isPending, onClose, onSave }: Props) {
  const text = useText().users
  const { data: theirs, error } = useQuery({ ...actionQuery<User>('user', 'get', { userId }), staleTime: 0, gcTime: 0 })
  return (
    <Modal opened onClose={onClose} size="lg" title={text.conflict.title} closeButtonProps={{ 'aria-label': text.close }}>
      {error && <Alert color="red">{error.message}</Alert>}
      {!theirs && !error && <Loader aria-label={text.loading} />}
      {theirs && <Choices base={base} yours={yours} theirs={theirs} isPending={isPending} onSave={onSave} />}
    </Modal>
  )
}

type ChoicesProps = Pick<Props, 'base' | 'yours' | 'isPending' | 'onSave'> & { theirs: User }

function Choices({ base, yours, theirs, isPending, onSave }: ChoicesProps) {
  const text = useText().users
  const stored = formValuesOf(theirs).user
  const fields = Object.keys(yours) as ProfileField[]
  const disputed = fields.filter((field) => stored[field] !== base[field] && stored[field] !== yours[field])
  const [taken, setTaken] = useState<ReadonlySet<ProfileField>>(new Set())

  const take = (field: ProfileField, isTheirs: boolean) => {
    const next = new Set(taken)
    if (isTheirs) next.add(field)
    else next.delete(field)
    setTaken(next)
  }
  const save = () => {
    const kept = fields.filter((field) => !taken.has(field))
    onSave(Object.fromEntries(kept.map((field) => [field, yours[field]])) as UserData, theirs.version)
  }

  return (
    <Stack>
      <Text size="sm">{text.conflict.hint}</Text>
      {disputed.map((field) => (
        <Radio.Group
          key={field}
          label={text.field[field]}
          value={taken.has(field) ? 'theirs' : 'yours'}
          onChange={(value) => take(field, value === 'theirs')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="yours" label={text.conflict.yours} description={shown(yours[field], text.activityList.empty)} />
            <Radio value="theirs" label={text.conflict.theirs} description={shown(stored[field], text.activityList.empty)} />
          </Stack>
        </Radio.Group>
      ))}
      <Group justify="flex-end">
        <Button loading={isPending} onClick={save}>
          {text.conflict.save}
        </Button>
      </Group>
    </Stack>
  )
}

const shown = (value: unknown, empty: string) => (value === '' || value == null ? empty : String(value))
