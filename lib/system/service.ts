import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { getTime } from './actions/get-time'
import { getVersion } from './actions/get-version'
import { ping } from './actions/ping'

/** What anybody may ask the server about itself. */
export const systemService = {
  ping,
  getTime,
  getVersion,
} satisfies Service
