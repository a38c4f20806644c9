import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { endSession } from './actions/end-session'
import { getSession } from './actions/get-session'
import { impersonate } from './actions/impersonate'
import { startSession } from './actions/start-session'
import { startWidgetSession } from './actions/start-widget-session'

/** Sessions, as integrators start and end them. */
export const sessionService = {
  start: startSession,
  get: getSession,
  end: endSession,
  impersonate,
  startWidgetSession,
} satisfies Service
