import 'server-only'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { ActionError } from '@/lib/action/errors'
import { newParams, type Params } from './params'

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
const bodyLimit = 1024 * 1024

const bodyTooLarge = () => new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'body', MAX_LEN: bodyLimit })

/** All parameters of a request (§1.1, §1.2): the path goes before the query, and both before the body. */
export async function parse(request: WireRequest): Promise<Params> {
  const collected = newParams()
  parseUrl(request.url, collected)
  if (request.method === 'POST') await parseBody(request, collected)
  return collected.params
}

/** What can be told from the address alone, for an answer to a request that could not be read. */
export function parseUrl(url: string, collected = newParams()) {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const steps = path.replace(/^\/api_v3\/?(index\.php\/?)?/, '').split('/')
  for (let at = 0; at + 1 < steps.length; at += 2) {
    if (steps[at]) collected.putField(decoded(steps[at] ?? ''), decoded(steps[at + 1] ?? ''))
  }
  if (mark >= 0) for (const [name, value] of new URLSearchParams(url.slice(mark + 1))) collected.putField(name, value)
  return collected.params
}

function decoded(step: string) {
  try {
    return decodeURIComponent(step)
  } catch {
    throw new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: 'path', FORMAT: 'percent-encoded UTF-8' })
  }
}

type Collected = ReturnType<typeof newParams>

async function parseBody(request: WireRequest, collected: Collected) {
  const type = (request.header('content-type') ?? '').toLowerCase()
  const kind = type.split(';')[0]?.trim()
  if (kind === 'multipart/form-data') return parseMultipart(request, collected)

  if (Number(request.header('content-length')) > bodyLimit) throw bodyTooLarge()
  const text = (await readText(request.body)).trim()
  if (text === '') return
  if (request.header('content-encoding')) throw wrongFormat('Content-Encoding', 'none')
  if (kind === 'application/json') return putJsonText(text, 'body', collected)
  if (kind !== 'application/x-www-form-urlencoded') {
    throw wrongFormat('Content-Type', 'application/json, application/x-www-form-urlencoded, multipart/form-data')
  }
  for (const [name, value] of new URLSearchParams(text)) collected.putField(name, value)
}

async function readText(body: AsyncIterable<Uint8Array>) {
  const parts: Uint8Array[] = []
  for await (const part of withinLimit(body)) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function putJsonText(text: string, name: string, collected: Collected) {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
    collected.putJson(value)
  } catch (error) {
    if (error instanceof SyntaxError) throw wrongFormat(name, 'JSON object')
    throw error
  }
}

/** Fields as in a form; a part named `json` holds the parameters, as the official clients send it with a file. */
async function parseMultipart(request: WireRequest, collected: Collected) {
  const headers = { 'content-type': request.header('content-type') ?? '' }
  let refusal: ActionError | null = null
  let parser: busboy.Busboy
  try {
    parser = busboy({ headers, defParamCharset: 'utf8', limits: { fieldSize: bodyLimit, fields: 1_001 } })
  } catch {
    throw wrongFormat('Content-Type', 'multipart/form-data with a boundary')
  }
  const stop = (error: ActionError) => {
    refusal ??= error
    parser.destroy()
  }
  parser.on('field', (name, value) => {
    try {
      if (name === 'json') putJsonText(value.trim(), name, collected)
      else collected.putField(name ?? '', value)
    } catch (error) {
      stop(error instanceof ActionError ? error : new ActionError('UPLOAD_ERROR'))
    }
  })
  // No action takes a file yet. The file fails with the parser, and the refusal has said why.
  parser.on('file', (_name, file) => {
    file.on('error', () => {}).resume()
    stop(new ActionError('UPLOAD_ERROR'))
  })
  await pipeline(withinLimit(request.body), parser).catch((error) => {
    refusal ??= error instanceof ActionError ? error : new ActionError('UPLOAD_ERROR')
  })
  if (refusal) throw refusal
}

/** The same bytes, until there are too many. */
async function* withinLimit(body: AsyncIterable<Uint8Array>) {
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > bodyLimit) throw bodyTooLarge()
    yield part
  }
}

const wrongFormat = (name: string, format: string) =>
  new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: name, FORMAT: format })
