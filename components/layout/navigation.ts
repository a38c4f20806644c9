import { type Icon, IconApi, IconBuilding, IconMail, IconShieldLock, IconStack2, IconUsers } from '@tabler/icons-react'
import { allows, type Grants, type Permission } from '@/lib/action/permissions'
import type { Text } from '../text/en'

type Page = {
  href: string
  label: keyof Text['shell']['pages']
  Icon: Icon
  /** Any one of these shows the page; without it everybody of the console sees it. The page and its actions decide again. */
  permission?: readonly Permission[]
}

type Group = { label: keyof Text['shell']['groups']; pages: Page[] }

/** The pages of the console by what they are about, one line each. */
const groups: Group[] = [
  { label: 'people', pages: [{ href: '/users', label: 'users', Icon: IconUsers }] },
  { label: 'data', pages: [{ href: '/jobs', label: 'jobs', Icon: IconStack2, permission: ['ADMIN_BASE', 'ADMIN_USER_BULK'] }] },
  { label: 'evidence', pages: [{ href: '/mail', label: 'mail', Icon: IconMail, permission: ['ADMIN_BASE'] }] },
  { label: 'integrate', pages: [{ href: '/api-explorer', label: 'apiExplorer', Icon: IconApi }] },
  {
    label: 'settings',
    pages: [
      { href: '/settings/account', label: 'account', Icon: IconBuilding },
      { href: '/settings/security', label: 'security', Icon: IconShieldLock, permission: ['ADMIN_BASE', 'ACCOUNT_BASE'] },
    ],
  },
]

/** What this person finds in the side bar; a group without pages is left out. */
export function navigationFor(grants: Grants): Group[] {
  return groups
    .map((group) => ({ ...group, pages: group.pages.filter(({ permission }) => !permission || allows(grants, permission)) }))
    .filter(({ pages }) => pages.length > 0)
}
