'use client'

import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ReadFailure } from '../action-query'
import { useText } from '../text/use-text'
import { isSessionOver, signInHref } from './sign-in-again'

type Props = {
  error: Error
  title: string
  /** Said where the right is missing, which trying again would not mend. */
  forbidden?: string
  onRetry: () => void
  /** More ways on. */
  children?: ReactNode
}

/** Why there is nothing to show, with what to do: ask for the right, sign in again, or try again. */
export function LoadFailure({ error, title, forbidden, onRetry, children }: Props) {
  const { errors } = useText()
  const failure = error instanceof ReadFailure ? error.failure : null
  const isForbidden = failure?.code === 'SERVICE_FORBIDDEN'
  const isSignedOut = isSessionOver(failure?.code)
  const plain = isSignedOut ? errors.sessionOverHere : (failure?.message ?? errors.unreachable)
  const message = (isForbidden && forbidden) || plain
  return (
    <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={title} mb="md" flex="none">
      <Text size="sm">{message}</Text>
      {failure && (
        <Text size="xs" ff="monospace" mt={4}>
          {errors.requestId(failure.requestId)}
        </Text>
      )}
      {!isForbidden && (
        <Group gap="xs" mt="sm">
          {isSignedOut && (
            <Button component="a" href={signInHref()} size="xs">
              {errors.signIn}
            </Button>
          )}
          <Button variant="default" size="xs" onClick={onRetry}>
            {errors.retry}
          </Button>
          {children}
        </Group>
      )}
    </Alert>
  )
}
