'use client'

import { Alert, Button, Group, Loader, Modal, Radio, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { User } from '@/lib/user/schema'
import type { UserRole } from '@/lib/user-role/schema'
import { readAction } from '../action-query'
import { useText } from '../text/use-text'
import { useReturnFocus } from '../ui/use-return-focus'
import { kept, type ProfileValues, sortedConflict } from './conflict'
import classes from './conflict-dialog.module.css'
import { formValuesOf, type ProfileField } from './profile-fields'
import { shownValue } from './shown-value'

type Props = {
  userId: string
  /** What the form was filled with. */
  base: ProfileValues
  /** What stands in it now. */
  yours: ProfileValues
  roles: UserRole[]
  isPending: boolean
  onClose: () => void
  onSave: (fields: ProfileField[], version: number) => void
  /** Nothing of yours is kept: the form shows theirs. */
  onGivenUp: (theirs: User) => void
}

/** Two people changed the same user: for each field that both have, whose it shall be. */
export function ConflictDialog({ userId, onClose, ...choices }: Props) {
  const text = useText().users
  useReturnFocus()
  // A key of its own: what is read here must not change the form below before the choice is made.
  const { data: theirs, error } = useQuery({
    queryKey: ['conflict', userId],
    queryFn: ({ signal }) => readAction<User>('user', 'get', { userId }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Modal opened onClose={onClose} size="xl" title={text.conflict.title} closeButtonProps={{ 'aria-label': text.close }}>
      {error && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {!theirs && !error && <Loader aria-label={text.loading} />}
      {theirs && <Choices key={theirs.version} theirs={theirs} onClose={onClose} {...choices} />}
    </Modal>
  )
}

function Choices({
  base,
  yours,
  roles,
  theirs,
  isPending,
  onClose,
  onSave,
  onGivenUp,
}: Omit<Props, 'userId'> & { theirs: User }) {
  const words = useText()
  const { users: text } = words
  const [givenUp, setGivenUp] = useState<ReadonlySet<ProfileField>>(new Set())
  const stored = formValuesOf(theirs).user
  const sides = { base, yours, theirs: stored }
  const { both, onlyYours, onlyTheirs } = sortedConflict(sides)
  const roleNames = new Map(roles.map((role) => [String(role.id), role.name]))
  const shown = (field: ProfileField, values: ProfileValues) =>
    shownValue(words, roleNames, field, values[field]) || text.activityList.empty

  const choose = (field: ProfileField, isTheirs: boolean) =>
    setGivenUp(new Set(isTheirs ? [...givenUp, field] : [...givenUp].filter((other) => other !== field)))
  const save = () => {
    const fields = kept(sides, givenUp)
    if (fields.length > 0) onSave(fields, theirs.version)
    else onGivenUp(theirs)
  }

  return (
    <Stack>
      <Text size="sm">{both.length > 0 ? text.conflict.hint : text.conflict.hintApart}</Text>
      {both.map((field) => (
        <Radio.Group
          key={field}
          label={text.field[field]}
          value={givenUp.has(field) ? 'theirs' : 'yours'}
          onChange={(side) => choose(field, side === 'theirs')}
        >
          <div className={classes['sides']}>
            <Side value="yours" label={text.conflict.yours} content={shown(field, yours)} />
            <Side value="theirs" label={text.conflict.theirs} content={shown(field, stored)} />
          </div>
        </Radio.Group>
      ))}
      <Others title={text.conflict.onlyYours} fields={onlyYours} shown={(field) => shown(field, yours)} />
      <Others title={text.conflict.onlyTheirs} fields={onlyTheirs} shown={(field) => shown(field, stored)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text.conflict.back}
        </Button>
        <Button loading={isPending} onClick={save}>
          {text.conflict.save}
        </Button>
      </Group>
    </Stack>
  )
}

function Side({ value, label, content }: { value: string; label: string; content: string }) {
  return (
    <Radio.Card value={value} className={classes['side']} aria-label={`${label}: ${content}`}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator />
        <div className={classes['content']}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text size="sm" dir="auto">
            {content}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  )
}

function Others({ title, fields, shown }: { title: string; fields: ProfileField[]; shown: (field: ProfileField) => string }) {
  const text = useText().users
  if (fields.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <ul className={classes['others']}>
        {fields.map((field) => (
          <li key={field}>
            {text.field[field]}: <bdi>{shown(field)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  )
}
