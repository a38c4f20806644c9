import 'server-only'
import { isUtf8 } from 'node:buffer'
import type { Gone } from '@/db/gone-caller'
import { ActionError } from '@/lib/action/errors'

/** A request, whatever server it came through. */
export type WireRequest = {
  method: string
  /** Path and query. */
  url: string
  header(name: string): string | null
  /** The body part by part. Who stops early leaves the connection as it is, so that a refusal can be sent. */
  parts(): AsyncIterable<Uint8Array>
  /** All of the body, or null once it is longer than so many bytes; then the rest is not read. */
  whole(limit: number): Promise<Buffer | null>
  /** Whether all of the body has arrived; if not, the connection cannot be used for another request. */
  isWhole(): boolean
  address: string
  /** Aborted when the client goes away before the answer. */
  gone: Gone
}

/** Bytes of a body, files aside. */
export const bodyLimit = 1024 * 1024

/** The body as text; bytes that are no UTF-8 are left out (§1.5). Refuses a long one before it is read. */
export async function readText(request: WireRequest) {
  if (Number(request.header('content-length')) > bodyLimit) throw bodyTooLarge()
  const bytes = await request.whole(bodyLimit).catch(() => {
    throw new ActionError('UPLOAD_ERROR')
  })
  if (!bytes) throw bodyTooLarge()
  return isUtf8(bytes) ? bytes.toString() : withoutReplaced(bytes.toString())
}

/** The text without the signs that stand for bytes that were no text. */
export const withoutReplaced = (text: string) => text.replaceAll('\uFFFD', '')

export const bodyTooLarge = () => new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'body', MAX_LEN: bodyLimit })

export const wrongFormat = (name: string, format: string) =>
  new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: name, FORMAT: format })
