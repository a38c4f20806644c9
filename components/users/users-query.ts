import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { UserListResponse } from '@/lib/user/schema'
import { readAction } from '../action-query'
import { rowsOf, toListInput, type UsersView } from './users-view'

/** The rows of a view. Its key is the view, as "the last 7 days" is another input at every moment. */
export function usersQuery(view: UsersView) {
  return queryOptions({
    queryKey: ['user', 'list', rowsOf(view)] as const,
    queryFn: ({ signal }) =>
      readAction<UserListResponse>('user', 'list', toListInput(view, Math.floor(Date.now() / 1000)), { signal }),
    placeholderData: keepPreviousData,
  })
}
