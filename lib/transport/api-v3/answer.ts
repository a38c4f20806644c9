import 'server-only'
import { type Context, newContext } from '@/lib/action/context'
import type { FileAnswer } from '@/lib/action/file'
import { findAction } from '@/lib/action/registry'
import type { WireRequest } from './body'
import { type Answer, call, type Outcome, refused, type Site } from './call'
import { newCallers } from './caller'
import { compressed } from './compress'
import { fileHeaders, openFile } from './file-response'
import { type Format, formatOf, refuseBadCallback } from './formats'
import { commonHeaders, errorHeaders, preflightHeaders } from './headers'
import { isMultirequest, multirequest } from './multirequest'
import { emptyParams, type Params } from './params'
import { type Parsed, parse, parseUrl } from './parse'

/** `endsConnection`: the body was not read to its end. */
export type WireResponse = {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>
  endsConnection: boolean
}

type Reading = Parsed | { params: Params; uploads: null; fault: unknown }

type Result = Outcome<Answer | Answer[] | { file: FileAnswer }>

/** Answers one request of the wire (§1) at HTTP 200, in the format that was asked for, errors too. `find` knows the actions. */
export async function answer(request: WireRequest, find = findAction): Promise<WireResponse> {
  if (request.method === 'OPTIONS') return { status: 200, headers: { ...preflightHeaders }, body: '', endsConnection: false }

  const started = performance.now()
  const { address, gone } = request
  const ctx = newContext({ origin: 'wire', address, gone, userAgent: request.header('user-agent') })
  const reading = await read(request, ctx)
  try {
    const format = formatOf(reading.params)
    if (!format) return unknownFormat(ctx, request)
    const result =
      'fault' in reading
        ? refused(reading.fault, ctx)
        : await resultOf(reading.params, {
            ctx,
            callers: newCallers(request.url),
            find,
            files: reading.uploads.files,
          })
    const write = (written: Result) => responseOf(written, { request, ctx, format, started })
    return await write(result).catch((error) => write(refused(error, ctx)))
  } finally {
    await reading.uploads?.discard()
  }
}

async function read(request: WireRequest, ctx: Context): Promise<Reading> {
  try {
    return await parse(request, ctx)
  } catch (fault) {
    const params = paramsOfUrl(request.url)
    // A body that could not be read cannot tell the format; what it was said to be does.
    if (params.format === undefined && saysJson(request)) params.format = 1
    return { params, uploads: null, fault }
  }
}

function paramsOfUrl(url: string) {
  try {
    return parseUrl(url)
  } catch {
    return emptyParams()
  }
}

function saysJson(request: WireRequest) {
  return [request.header('accept'), request.header('content-type')].some((type) => type?.includes('application/json'))
}

async function resultOf(params: Params, site: Site): Promise<Result> {
  try {
    refuseBadCallback(params)
    return await (isMultirequest(params) ? multirequest(params, site) : call(params, site))
  } catch (error) {
    return refused(error, site.ctx)
  }
}

type Asked = { request: WireRequest; ctx: Context; format: Format; started: number }

async function responseOf({ answer, notices, reason }: Result, asked: Asked): Promise<WireResponse> {
  const { request, ctx } = asked
  const endsConnection = isCutShort(request)
  const headers = commonHeaders(ctx)
  if (notices.length > 0) headers['X-Usher-Notice'] = notices.join(', ')
  if (reason) headers['X-Usher-Reason'] = reason
  if (endsConnection) headers.Connection = 'close'
  const isFile = !Array.isArray(answer) && 'file' in answer
  const body = isFile ? await fileBody(answer.file, headers, asked) : await textBody(answer, headers, asked)
  return { status: 200, headers, body, endsConnection }
}

async function fileBody(file: FileAnswer, headers: Record<string, string>, { request }: Asked) {
  Object.assign(headers, fileHeaders(file))
  return request.method === 'HEAD' ? '' : openFile(file)
}

async function textBody(answer: Answer | Answer[], headers: Record<string, string>, { request, format, started }: Asked) {
  if (!Array.isArray(answer) && 'error' in answer) Object.assign(headers, errorHeaders(answer.error.code))
  const text = format.write(answer, (performance.now() - started) / 1000)
  const { body, encoding } = await compressed(text, request.header('accept-encoding'))
  headers['Content-Type'] = format.contentType
  headers['Content-Length'] = String(Buffer.byteLength(body))
  headers.Vary = 'Accept-Encoding'
  if (encoding) headers['Content-Encoding'] = encoding
  return body
}

/** Whether a part of the body is still to come, which nobody wants any more. */
const isCutShort = (request: WireRequest) => request.method === 'POST' && !request.isWhole()

/** What cannot be written is not done either. */
function unknownFormat(ctx: Context, request: WireRequest): WireResponse {
  const headers = {
    ...commonHeaders(ctx),
    ...errorHeaders('UNKNOWN_RESPONSE_FORMAT'),
    'Content-Type': 'text/plain',
    'Content-Length': '0',
  }
  return { status: 200, headers, body: '', endsConnection: isCutShort(request) }
}
