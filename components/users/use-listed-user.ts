'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { User, UserListResponse } from '@/lib/user/schema'

/** The user as a list that was read last shows him, so that a drawer never opens empty. */
export function useListedUser(userId: string): User | undefined {
  const lists = useQueryClient().getQueriesData<UserListResponse>({ queryKey: ['user', 'list'] })
  return lists
    .toReversed()
    .flatMap(([, list]) => list?.objects ?? [])
    .find((user) => user.id === userId)
}
