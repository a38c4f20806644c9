import 'server-only'
import { env } from '@/lib/env'

/** The address of a page for a mail: with the base of the settings, never that of a request (M01). */
export const linkTo = (path: string) => `${env().publicUrl}/${path}`
