'use client'

import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { actionQuery } from '../action-query'
import { useText } from '../text/use-text'
import { LoadFailure } from '../ui/load-failure'

/** What a reading action of `account` answers, once it is there; else that it is not, and how to try again. */
export function Loaded<T>({ action, children }: { action: string; children: (data: T) => ReactNode }) {
  const { account: text } = useText()
  const query = { ...actionQuery<T>('account', action, {}), staleTime: 0 }
  const { data, error, refetch } = useQuery(query)

  if (data !== undefined) return children(data)
  if (!error) return <Loader aria-label={text.loading} />
  return <LoadFailure error={error} title={text.failed} onRetry={() => void refetch()} />
}
