import 'server-only'
import { splitPrivileges } from './ks'

/** What a KS may do beside its role (§2.7): name → values; a bare name has none. */
export type Privileges = ReadonlyMap<string, readonly string[]>

export function readPrivileges(text: string): Privileges {
  const found = new Map<string, string[]>()
  for (const [name, value] of splitPrivileges(text)) {
    // Addresses hold slashes, so `urirestrict` separates its values by `|`.
    const values = value.split(name === 'urirestrict' ? '|' : '/').filter(Boolean)
    found.set(name, [...(found.get(name) ?? []), ...values])
  }
  return found
}

/** Privileges that raise rights, or end the sessions of others (`sessionid`): only administrators get them. */
const raising = new Set(['all', 'download', 'sessionid', 'disableentitlement', 'enablechangeaccount'])

export const raisesRights = (privileges: Privileges) => [...privileges.keys()].some((name) => raising.has(name))

/** What is given of the privileges asked for: `mayTake` judges a role that was asked for. */
export async function grantablePrivileges(
  asked: string,
  { isAdmin, mayTake }: { isAdmin: boolean; mayTake: (role: string) => Promise<boolean> },
) {
  const kept: [string, string][] = []
  for (const [name, value] of splitPrivileges(asked)) {
    const isGiven = name === 'setrole' ? isAdmin && (await mayTake(value)) : isAdmin || !raising.has(name)
    if (isGiven) kept.push([name, value])
  }
  return kept
    .map(([name, value]) => {
      if (name === 'all' && value === '*') return '*'
      return value === '' ? name : `${name}:${value}`
    })
    .join(',')
}
