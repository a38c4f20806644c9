import 'server-only'
import { findSetting } from '@/db/queries/settings'

/** Milliseconds after which a database that says nothing counts as down. */
const patience = 2000

/** Whether the database answers. */
export async function databaseAnswers() {
  const late = new Promise<false>((resolve) => setTimeout(resolve, patience, false).unref())
  const answer = findSetting('health').then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late])
}
