import { z } from 'zod'
import { anyText, explain, int, intEnum, object, stringEnum, text } from '@/lib/action/fields'

/** Sessions (appendix A). Safe to import in the browser. */

/** 1 was the widget's and counts as ADMIN. */
export const SessionType = { USER: 0, WIDGET: 1, ADMIN: 2 } as const

export const StartSessionInput = z.object({
  secret: explain(anyText(1000), 'A secret of the account; the user secret starts USER sessions only.'),
  userId: explain(anyText(1000).nullish(), 'Whose session it is; nobody’s, if it is left out.'),
  type: intEnum('KalturaSessionType', SessionType).default(0),
  partnerId: explain(int().nullish(), 'The account.'),
  expiry: explain(int().default(86_400), 'Seconds that the session lasts, at most what the account allows.'),
  privileges: explain(text(8192).nullish(), 'What the session may do beside its role, as name:value after commas.'),
})

export const GetSessionInput = z.object({
  session: explain(anyText(20_000).nullish(), 'A KS; the caller’s own, if it is left out.'),
})

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
