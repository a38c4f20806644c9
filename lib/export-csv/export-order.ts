import 'server-only'
import type { LaterCaller } from '@/lib/auth/later-caller'
import type { UserFilter } from '@/lib/user/schema'
import type { MappedField } from './schema'

/** What was asked for, as the job keeps it. Times of the filter are absolute. */
export type ExportOrder = {
  caller: LaterCaller
  filter: UserFilter
  columns: MappedField[]
  hasTitle: boolean
  recipient: string
}
