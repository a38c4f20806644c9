import type { AccountName } from '@/components/auth/account-choice'
import { listPartnersForUser } from '@/lib/partner/server-actions'

/** The accounts that the signed-in person can change between, by name; none for whoever may not ask. */
export async function ownAccounts(): Promise<AccountName[]> {
  const found = await listPartnersForUser({ pager: { pageSize: 500 } })
  if (!found.ok) return []
  const accounts = found.data.objects.map(({ id, name }) => ({ id: id ?? 0, name: name ?? '' }))
  return accounts.sort((one, other) => one.name.localeCompare(other.name))
}
