import { queryOptions } from '@tanstack/react-query'
import type { Failed, Result } from '@/lib/action/result'
import { byItselfHeader } from '@/lib/transport/by-itself'
import { beganByItself } from './by-itself'

/** Why a read failed: thrown inside a query, so that TanStack Query keeps it as its `error`. */
export class ReadFailure extends Error {
  override name = 'ReadFailure'
  readonly failure: Failed['error']

  constructor(failure: Failed['error']) {
    super(failure.message)
    this.failure = failure
  }
}

/**
 * The query of a reading action, `actionQuery<UserListResponse>('user', 'list', { filter, pager })`. Its key begins with the service,
 * which is what mutations name as changed. It can be cancelled. Fails with `ReadFailure`, or with a `TypeError` when the server does
 * not answer.
 */
export function actionQuery<T>(service: string, action: string, input: object) {
  return queryOptions({
    queryKey: [service, action, input] as const,
    queryFn: ({ signal }) => readAction<T>(service, action, input, signal),
  })
}

/** Where the GET adapter answers a read; for an action that gives a file it is the address of the download. */
export const readHref = (service: string, action: string, input: object) =>
  `/api/${service}/${action}?input=${encodeURIComponent(JSON.stringify(input))}`

/**
 * One read over the GET adapter; for a query whose key is not its input. Says whether a timer began it, so that a page which looks again by
 * itself keeps nobody signed in. Fails as `actionQuery` does.
 */
export async function readAction<T>(service: string, action: string, input: object, signal: AbortSignal): Promise<T> {
  const response = await fetch(readHref(service, action, input), {
    signal,
    headers: beganByItself() ? { [byItselfHeader]: '1' } : {},
  })
  const result = (await response.json()) as Result<T>
  if (result.ok) return result.data
  throw new ReadFailure(result.error)
}
