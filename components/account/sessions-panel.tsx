'use client'

import { Badge, Button, Group, Text } from '@mantine/core'
import type { OwnSession, OwnSessions } from '@/lib/account/schema'
import { endOtherSessions, endSession } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { askFirst } from '../ui/ask-first'
import { RelativeTime } from '../ui/relative-time'
import { useServerAction } from '../use-action'
import classes from './account.module.css'
import { FromWhere } from './from-where'
import { Loaded } from './loaded'

/** Where the person is signed in, and how to end it. */
export function SessionsPanel() {
  const text = useText().account.sessions
  return (
    <>
      <Text c="dimmed" size="sm">
        {text.intro}
      </Text>
      <Loaded<OwnSessions> action="listSessions">
        {({ objects }) => (
          <>
            <ul className={classes['list']} aria-label={text.list}>
              {objects.map((session) => (
                <Session key={session.id} session={session} />
              ))}
            </ul>
            {objects.length > 1 && <EndOthers />}
          </>
        )}
      </Loaded>
    </>
  )
}

function Session({ session }: { session: OwnSession }) {
  const { id, place, address, accountName, startedAt, lastSeenAt, isThis } = session
  const text = useText().account.sessions
  const device = session.device || text.unknownDevice
  const { run, isPending } = useServerAction(endSession, { message: text.ended(device) })
  return (
    <li className={classes['item']}>
      <div className={classes['what']}>
        <Group gap="xs">
          <Text fw={600}>{device}</Text>
          {isThis && <Badge variant="light">{text.here}</Badge>}
        </Group>
        <FromWhere place={place} address={address} accountName={accountName} />
        <Text size="sm" c="dimmed" component="div">
          {text.started} <RelativeTime at={startedAt} /> · {text.lastSeen} <RelativeTime at={lastSeenAt} />
        </Text>
      </div>
      {!isThis && (
        <Button
          variant="default"
          size="sm"
          loading={isPending}
          aria-label={text.endOf(device, address || text.unknownAddress)}
          onClick={() => void run({ id })}
        >
          {text.end}
        </Button>
      )}
    </li>
  )
}

function EndOthers() {
  const text = useText().account.sessions
  const { run, isPending } = useServerAction(endOtherSessions, { message: text.endedOthers })
  const ask = () =>
    askFirst({
      title: text.endOthersTitle,
      hint: text.endOthersHint,
      confirm: text.endOthers,
      cancel: text.cancel,
      onConfirm: () => void run({}),
    })
  return (
    <Button variant="light" color="red" mt="lg" loading={isPending} onClick={ask}>
      {text.endOthers}
    </Button>
  )
}
