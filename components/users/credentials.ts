import type { Text } from '../text/en'

/** How somebody gets his first password, if he is to sign in at all. */
export const credentialChoices = ['none', 'invite', 'password'] as const
export type Credentials = (typeof credentialChoices)[number]

type Given = { email?: string | null | undefined; password?: string | null | undefined }

/** What a sign-in still needs, before anything is sent. */
export function missingFor(credentials: Credentials, { email, password }: Given, text: Text['users']) {
  if (!email) return { field: 'email', message: text.credentials.emailNeeded } as const
  if (credentials === 'password' && !password) return { field: 'password', message: text.credentials.passwordNeeded } as const
  return null
}
