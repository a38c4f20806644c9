import { notFound } from 'next/navigation'
import { catalogue } from '@/lib/action/errors'
import type { Failed } from '@/lib/action/result'

/** Ends a page that has nothing to show: as not found to whom it does not exist or is not for, else as one that can be tried again. */
export function endPage({ error }: Failed): never {
  const { status } = catalogue[error.code]
  if (status === 403 || status === 404) notFound()
  throw new Error(`${error.code}: ${error.message}`)
}
