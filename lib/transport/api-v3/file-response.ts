import 'server-only'
import type { FileAnswer } from '@/lib/action/file'

const longestAge = 8_640_000

/** The headers of a file that is sent as it is (§1.11): to be kept, not to be shown, and by nobody but the caller himself. */
export function fileHeaders({ contentType, name, maxAge }: FileAnswer) {
  const age = Math.min(Math.floor(maxAge), longestAge)
  return {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encodedName(name)}`,
    'Cache-Control': age >= 1 ? `private, max-age=${age}` : 'no-store',
  }
}

/** For clients that read no other: no quote, no path, no line break (O06). */
const asciiName = (name: string) => name.replace(/[^\w.\- ]/g, '_')

const encodedName = (name: string) =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** The bytes of the file, once its beginning could be read: until then a failure can still be answered as such. */
export async function openFile({ open }: FileAnswer): Promise<AsyncIterable<Uint8Array>> {
  const parts = open()[Symbol.asyncIterator]()
  let read: Promise<IteratorResult<Uint8Array | string>> | undefined = parts.next()
  await read

  const bytes = {
    async next() {
      const { done, value } = await (read ?? parts.next())
      read = undefined
      if (done) return { done, value: undefined }
      return { value: typeof value === 'string' ? Buffer.from(value) : value }
    },
    /** A reader who goes away, even before he began, lets the file be closed. */
    async return() {
      await parts.return?.()
      return { done: true as const, value: undefined }
    },
  }
  return { [Symbol.asyncIterator]: () => bytes }
}
