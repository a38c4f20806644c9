'use client'

import { Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { CopyButton } from './copy-button'
import classes from './facts.module.css'

export type Fact = [label: string, value: ReactNode]

/** What there is to know of one thing, line by line; what is empty is left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={classes['list']}>
      {facts.map(
        ([label, value]) =>
          value && (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}

/** An id or an address, with a button that copies it; `what` names it for those who hear the button. */
export function Copyable({ value, what }: { value: string; what: string }) {
  return (
    <span className={classes['copyable']}>
      <Text span inherit dir="ltr" miw={0}>
        {value}
      </Text>
      <CopyButton value={value} what={what} />
    </span>
  )
}
