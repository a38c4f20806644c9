import 'server-only'
import { connection } from '@/db/client'
import { log } from '@/lib/log'

/**
 * Warns when more than `most` bytes wait to be taken over into the database's file (R11): as long as somebody reads from before they were
 * written, such as a copy that is made by hand, each change makes them more. Answers whether it did.
 */
export function warnOfBacklog(most = 256 * 2 ** 20): boolean {
  const bytes = connection().backlog()
  if (bytes <= most) return false
  log().warn({ bytes }, 'the database cannot take over what was written: something else has been reading it for long')
  return true
}
