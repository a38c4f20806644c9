'use client'

import { useView } from '../use-view'
import { hrefOf, readView, type UsersView } from './users-view'

const kind = { read: readView, href: hrefOf, typed: 'q' } as const

/** What the list of users shows, in the address. */
export const useUsersView = () => useView<UsersView>(kind)
