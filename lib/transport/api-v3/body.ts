import 'server-only'
import { isUtf8 } from 'node:buffer'
import { ActionError } from '@/lib/action/errors'

/** A request, whatever server it came through. */
export type WireRequest = {
  method: string
  /** Path and query. */
  url: string
  header(name: string): string | null
  body: AsyncIterable<Uint8Array>
  /** Whether all of the body has arrived; if not, the connection cannot be used for another request. */
  isWhole(): boolean
  address: string
}

/** Bytes of a body, files aside. */
export const bodyLimit = 1024 * 1024

/** The body as text; bytes that are no UTF-8 are left out (§1.5). Refuses a long one before it is read. */
export async function readText(request: WireRequest) {
  if (Number(request.header('content-length')) > bodyLimit) throw bodyTooLarge()
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of request.body) {
      length += part.length
      if (length > bodyLimit) throw bodyTooLarge()
      parts.push(part)
    }
  } catch (error) {
    throw error instanceof ActionError ? error : new ActionError('UPLOAD_ERROR')
  }
  const bytes = Buffer.concat(parts, length)
  return isUtf8(bytes) ? bytes.toString() : withoutReplaced(bytes.toString())
}

/** The text without the signs that stand for bytes that were no text. */
export const withoutReplaced = (text: string) => text.replaceAll('\uFFFD', '')

export const bodyTooLarge = () => new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'body', MAX_LEN: bodyLimit })

export const wrongFormat = (name: string, format: string) =>
  new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: name, FORMAT: format })
