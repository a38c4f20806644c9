import { queryOptions } from '@tanstack/react-query'
import type { Failed, Result } from '@/lib/action/result'
import { byItselfHeader } from '@/lib/transport/by-itself'

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
    queryFn: ({ signal, client, queryKey }) => {
      const isByItself = client.getQueryData(queryKey) !== undefined
      return readAction<T>(service, action, input, { signal, isByItself })
    },
  })
}

/** Where the GET adapter answers a read; for an action that gives a file it is the address of the download. */
export const readHref = (service: string, action: string, input: object) =>
  `/api/${service}/${action}?input=${encodeURIComponent(JSON.stringify(input))}`

type Reading = {
  signal: AbortSignal
  /** Nobody asked for it: the page looks again at what it shows already, which keeps nobody signed in (S11). */
  isByItself?: boolean
}

/** One read over the GET adapter; for a query whose key is not its input. Fails as `actionQuery` does. */
export async function readAction<T>(
  service: string,
  action: string,
  input: object,
  { signal, isByItself = false }: Reading,
): Promise<T> {
  const headers: Record<string, string> = isByItself ? { [byItselfHeader]: '1' } : {}
  const response = await fetch(readHref(service, action, input), { signal, headers })
  const result = (await response.json()) as Result<T>
  if (result.ok) return result.data
  throw new ReadFailure(result.error)
}
