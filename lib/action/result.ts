import type { ErrorCode } from './errors'

/** What a caller gets: the data, or why not. Never an exception. */
export type Result<T> = Ok<T> | Failed

export type Ok<T> = {
  ok: true
  data: T
  /** Services whose lists are stale now; the page's adapter reloads them. */
  changes: string[]
  /** What the caller should know besides, such as `login-invitation-sent`. */
  notices: string[]
}

export type Failed = {
  ok: false
  error: {
    code: ErrorCode
    message: string
    args: Record<string, string>
    /** Field path (`user.email`) → what is wrong with it, for the form that sent it. */
    fields: Record<string, string>
    requestId: string
    reason?: string
  }
}
