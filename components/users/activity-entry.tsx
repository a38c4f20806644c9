'use client'

import { Badge, Group, Text } from '@mantine/core'
import type { AuditEntry } from '@/lib/audit/schema'
import { isNextStep } from '../auth/is-next-step'
import type { Text as Catalogue } from '../text/en'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import { shownValue } from './shown-value'
import classes from './user-activity.module.css'

type Props = { entry: AuditEntry; roleNames: Map<string, string> }

/** One thing that happened: what, by whom, when, from where, and every field before and after. */
export function ActivityEntry({ entry, roleNames }: Props) {
  const { users, account } = useText()
  const text = users.activityList
  const refusal = account.signIns.refusals[entry.result] ?? entry.result
  const from = [
    text.origins[entry.origin],
    entry.address && text.from(entry.address),
    entry.device,
    text.request(entry.requestId),
  ]
  return (
    <li className={classes['entry']}>
      <Group gap={6} justify="space-between" align="baseline">
        <Text span className={classes['what']}>
          <b>{text.did[entry.action] ?? entry.action}</b> <bdi>{byWhom(entry, text)}</bdi>{' '}
          {isNextStep(entry.result) && <Badge color="gray">{refusal}</Badge>}
          {entry.result !== 'OK' && !isNextStep(entry.result) && <Badge color="red">{text.refused(refusal)}</Badge>}
        </Text>
        <Text span size="sm" c="dimmed">
          <RelativeTime at={Math.floor(entry.at / 1000)} />
        </Text>
      </Group>
      {entry.reason && (
        <Text size="sm" mt={4} dir="auto">
          {text.reason(entry.reason)}
        </Text>
      )}
      <Changes entry={entry} roleNames={roleNames} />
      <Text size="xs" c="dimmed" mt={6} className={classes['from']}>
        {from.filter(Boolean).join(' · ')}
      </Text>
    </li>
  )
}

/** Whoever signs in is nobody until then: that goes without saying. */
function byWhom({ actorKind, actorId }: AuditEntry, text: Catalogue['users']['activityList']) {
  if (actorKind === 'anonymous') return ''
  return text.by(actorKind === 'user' ? actorId || text.actors.program : text.actors[actorKind])
}

function Changes({ entry, roleNames }: Props) {
  const words = useText()
  const { users: text } = words
  const { was, is, field: fieldTitle, empty } = text.activityList
  const labels: Record<string, string> = { ...text.field, ...text.storedField }
  // The labels stand in the order of the profile.
  const order = Object.keys(labels)
  const changes = Object.entries(entry.changes)
    .filter(([field]) => !text.unlistedFields.includes(field))
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([field, { before, after }]) => ({
      field,
      was: shownValue(words, roleNames, field, before),
      is: shownValue(words, roleNames, field, after),
    }))
    .filter((change) => change.was !== change.is)
  if (changes.length === 0) return null

  return (
    <table className={classes['changes']}>
      <thead>
        <tr>
          <th scope="col" className={classes['heading']}>
            {fieldTitle}
          </th>
          <th scope="col" className={classes['heading']}>
            {was}
          </th>
          <th scope="col" className={classes['heading']}>
            {is}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{labels[change.field] ?? change.field}</th>
            <td dir="auto">{change.was ? <del>{change.was}</del> : <i>{empty}</i>}</td>
            <td dir="auto">{change.is ? <ins>{change.is}</ins> : <i>{empty}</i>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
