/** Files that come with a call and files that are its answer. Classes, so that no caller can describe one in JSON. */

type Uploaded = {
  path: string
  /** As the caller named it: to be shown, never to be used as a path. */
  name: string
  /** Bytes. */
  size: number
}

/** A file that came with a call, on disk until the call is over; an action that needs it longer moves it. */
export class UploadedFile {
  readonly path: string
  readonly name: string
  readonly size: number

  constructor({ path, name, size }: Uploaded) {
    this.path = path
    this.name = name
    this.size = size
  }
}

type Served = {
  contentType: string
  /** What a browser calls it when it is kept. */
  name: string
  /** Opened when it is sent. */
  open: () => AsyncIterable<Uint8Array | string>
  /** Seconds that the caller's own cache may keep it. */
  maxAge?: number
}

/** An answer that is a file: sent as it is, whatever format was asked for (§1.11). */
export class FileAnswer {
  readonly contentType: string
  readonly name: string
  readonly open: Served['open']
  readonly maxAge: number

  constructor({ contentType, name, open, maxAge = 0 }: Served) {
    this.contentType = contentType
    this.name = name
    this.open = open
    this.maxAge = maxAge
  }
}
