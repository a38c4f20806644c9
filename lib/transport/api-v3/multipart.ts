import 'server-only'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { refuseUnsigned } from '@/lib/auth/session-context'
import { env } from '@/lib/env'
import { bodyLimit, bodyTooLarge, type WireRequest, wrongFormat } from './body'
import type { Uploads } from './files'
import { type Collected, isMap, type Params } from './params'
import { readJsonObject } from './read-json'

/** A part for each call of a multirequest, and room for more. */
const mostFiles = 64

/**
 * Fields as in a form, files to disk; a part named `json` holds parameters, as the official clients send them with a file (§1.2). All
 * but the files is held to the limit of every body, each file and all of them together to `UPLOAD_LIMIT_MB`; to that of a body as
 * well as long as no valid KS came before them, so that nobody fills the disk without a session: `MISSING_KS`, `INVALID_KS`.
 */
export async function readMultipart(request: WireRequest, ctx: Context, collected: Collected, uploads: Uploads): Promise<void> {
  const { uploadLimit } = env()
  const parser = newParser(request.header('content-type') ?? '', uploadLimit)
  const kept: Promise<void>[] = []
  let refusal: ActionError | undefined
  let open: Readable | undefined
  let isStranger = true

  const refuse = (error: unknown) => {
    refusal ??= error instanceof ActionError ? error : new ActionError('UPLOAD_ERROR')
    parser.destroy()
  }
  parser.on('field', (name = '', value) => {
    try {
      if (name === 'json') collected.putJson(readJsonObject(value.trim(), name))
      else collected.putField(name, value)
    } catch (error) {
      refuse(error)
    }
  })
  parser.on('file', (name = '', file, { filename = '' }) => {
    open = file
    file.on('limit', () => refuse(fileTooLarge(name, uploadLimit)))
    kept.push(uploads.keep(name, filename, file).catch(refuse))
  })
  parser.on('filesLimit', () => refuse(tooManyFiles()))

  /** The same bytes, until there are too many; what waits in the open file or in the parser is not counted as text. */
  async function* withinLimits() {
    let length = 0
    for await (const part of request.parts()) {
      yield part
      length += part.length
      const ofFiles = uploads.arrived() + (open?.readableLength ?? 0)
      if (length - parser.writableLength - ofFiles > bodyLimit) throw bodyTooLarge()
      if (ofFiles > bodyLimit && isStranger) {
        await refuseUnsigned(ctx, ksIn(collected.params))
        isStranger = false
      }
      if (ofFiles > uploadLimit) throw fileTooLarge('files', uploadLimit)
    }
  }
  await pipeline(withinLimits, parser).catch(refuse)
  await Promise.all(kept)
  if (refusal) throw refusal
}

/** That of the request, else of the first call of a multirequest that has one. */
function ksIn(params: Params) {
  const places = [params, ...Object.values(params).filter(isMap)]
  return places.map(({ ks }) => ks).find((ks) => typeof ks === 'string') ?? ''
}

function newParser(contentType: string, uploadLimit: number) {
  try {
    return busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      // A file that has just the size of the parser's limit counts as too long there.
      limits: { fieldSize: bodyLimit, fields: 1_001, files: mostFiles, fileSize: uploadLimit + 1 },
    })
  } catch {
    throw wrongFormat('Content-Type', 'multipart/form-data with a boundary')
  }
}

const tooManyFiles = () => new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'files', MAX_LEN: mostFiles })

const fileTooLarge = (parameter: string, limit: number) =>
  new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: parameter.slice(0, 100), MAX_LEN: limit })
