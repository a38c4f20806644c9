import 'server-only'
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import type { AnyAction } from '@/lib/action/define-action'
import { fieldOf } from '@/lib/action/fields'
import type { FileAnswer } from '@/lib/action/file'
import { type Files, newUploads } from './api-v3/files'
import type { Params } from './api-v3/params'

/**
 * Calls with the files whose paths stand in `fields` where the action wants files. An action may move the file that it gets, so it
 * gets a copy, gone when the call is over. Throws Node's own error when a path cannot be read.
 */
export async function withFiles<T>({ input }: AnyAction, fields: Params, call: (files: Files) => Promise<T>): Promise<T> {
  const { shape } = input as z.ZodObject<Record<string, z.ZodType>>
  const uploads = newUploads()
  try {
    for (const [name, schema] of Object.entries(shape)) {
      const path = fields[name]
      if (fieldOf(schema)?.kind !== 'file' || typeof path !== 'string') continue
      await access(path)
      await uploads.keep(name, basename(path), createReadStream(path))
    }
    return await call(uploads.files)
  } finally {
    await uploads.discard()
  }
}

/** Writes an answer that is a file, as fast as it is taken; `to` stays open. */
export async function printFile({ open }: FileAnswer, to: Writable) {
  await pipeline(Readable.from(open()), to, { end: false })
}
