'use client'

import { Badge, Text } from '@mantine/core'
import type { SignIn, SignIns } from '@/lib/account/schema'
import { isNextStep } from '../auth/is-next-step'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import classes from './account.module.css'
import { FromWhere } from './from-where'
import { Loaded } from './loaded'

/** The last sign-ins and attempts, so that a stranger's is seen. */
export function SignInsPanel() {
  const text = useText().account.signIns
  return (
    <>
      <Text c="dimmed" size="sm">
        {text.intro}
      </Text>
      <Loaded<SignIns> action="listSignIns">
        {({ objects }) =>
          objects.length === 0 ? (
            <Text mt="md">{text.none}</Text>
          ) : (
            <ol className={classes['list']} aria-label={text.list}>
              {objects.map((signIn) => (
                <Entry key={signIn.id} signIn={signIn} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </>
  )
}

function Entry({ signIn: { at, isSuccess, refusal, device, place, address, accountName } }: { signIn: SignIn }) {
  const { signIns: text, sessions } = useText().account
  return (
    <li className={classes['item']}>
      <div className={classes['what']}>
        <Text fw={600}>{device || sessions.unknownDevice}</Text>
        <FromWhere place={place} address={address} accountName={accountName} />
        <Text size="sm" c="dimmed" component="div">
          <RelativeTime at={at} />
        </Text>
      </div>
      <Badge variant="light" color={isSuccess ? 'pine' : isNextStep(refusal) ? 'gray' : 'red'}>
        {isSuccess ? text.success : (text.refusals[refusal ?? ''] ?? text.failure)}
      </Badge>
    </li>
  )
}
