'use client'

import { Alert, Button, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { actionQuery, ReadFailure } from '../action-query'
import { useText } from '../text/use-text'

/** What a reading action of `account` answers, once it is there; else that it is not, and how to try again. */
export function Loaded<T>({ action, children }: { action: string; children: (data: T) => ReactNode }) {
  const { account: text, errors } = useText()
  const query = { ...actionQuery<T>('account', action, {}), staleTime: 0 }
  const { data, error, refetch } = useQuery(query)

  if (data !== undefined) return children(data)
  if (!error) return <Loader aria-label={text.loading} />
  return (
    <Alert color="red" role="alert" title={text.failed}>
      <Text size="sm">{error instanceof ReadFailure ? error.message : errors.unreachable}</Text>
      {error instanceof ReadFailure && (
        <Text size="xs" ff="monospace" mt={4}>
          {errors.requestId(error.failure.requestId)}
        </Text>
      )}
      <Button variant="default" size="xs" mt="sm" onClick={() => void refetch()}>
        {errors.retry}
      </Button>
    </Alert>
  )
}
