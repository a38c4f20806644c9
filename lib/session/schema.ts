import { z } from 'zod'
import { anyText, int, intEnum, object, stringEnum, text } from '@/lib/action/fields'

/** Sessions (appendix A). Safe to import in the browser. */

/** 1 was the widget's and counts as ADMIN. */
export const SessionType = { USER: 0, WIDGET: 1, ADMIN: 2 } as const

export const StartSessionInput = z.object({
  secret: anyText(1000),
  userId: anyText(1000).nullish(),
  type: intEnum('KalturaSessionType', SessionType).default(0),
  partnerId: int().nullish(),
  expiry: int().default(86_400),
  privileges: text(8192).nullish(),
})

export const GetSessionInput = z.object({ session: anyText(20_000).nullish() })

export const ImpersonateInput = z.object({
  secret: anyText(1000),
  impersonatedPartnerId: int(),
  userId: anyText(1000).default(''),
  type: intEnum('KalturaSessionType', SessionType).default(0),
  partnerId: int().nullish(),
  expiry: int().default(86_400),
  privileges: text(8192).nullish(),
})

export const StartWidgetSessionInput = z.object({ widgetId: anyText(100), expiry: int().default(86_400) })

export const WidgetSession = object('KalturaStartWidgetSessionResponse', {
  objectType: stringEnum('objectType', ['KalturaStartWidgetSessionResponse']),
  partnerId: int(),
  ks: anyText(20_000),
  userId: int(),
})

export const EndSessionInput = z.object({})

export const SessionInfo = object('KalturaSessionInfo', {
  objectType: stringEnum('objectType', ['KalturaSessionInfo']),
  ks: anyText(20_000).nullish(),
  sessionType: int(),
  partnerId: int(),
  userId: anyText(1000),
  /** Epoch seconds. */
  expiry: int(),
  privileges: anyText(20_000),
})
