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

/** Privileges that raise rights are given only where the role has them already (`docs/decisions`). */
const raising = new Set(['setrole', 'all', 'download', 'disableentitlement', 'enablechangeaccount'])

/** What a person who signs in gets of the privileges that were asked for. */
export function grantablePrivileges(asked: string, isAdmin: boolean) {
  if (isAdmin) return asked
  return splitPrivileges(asked)
    .filter(([name]) => !raising.has(name))
    .map(([name, value]) => (value === '' ? name : `${name}:${value}`))
    .join(',')
}
