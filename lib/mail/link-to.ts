import 'server-only'
import { env } from '@/lib/env'

const pageOf = {
  invitation: 'set-password',
  'reset-password': 'set-password',
  'login-invitation': 'accept-invitation',
} as const

export type KeyEvent = keyof typeof pageOf

/** The address that a mail with a hash key leads to, below `PUBLIC_URL` whatever a request says (M01). */
export const linkTo = (event: KeyEvent, key: string) => `${env().publicUrl}/${pageOf[event]}/${key}`
