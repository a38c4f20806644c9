import 'server-only'
import type { Context } from '@/lib/action/context'
import { readText, type WireRequest, withoutReplaced, wrongFormat } from './body'
import { newUploads, type Uploads } from './files'
import { readMultipart } from './multipart'
import { type Collected, newParams, type Params } from './params'
import { readJsonObject } from './read-json'

/** What a request says: its parameters, and the files that lie on disk until `uploads.discard()`. */
export type Parsed = { params: Params; uploads: Uploads }

/** All parameters of a request (§1.1, §1.2): the path goes before the query, and both before the body. */
export async function parse(request: WireRequest, ctx: Context): Promise<Parsed> {
  const collected = newParams()
  const uploads = newUploads()
  putUrl(request.url, collected)
  try {
    if (request.method === 'POST') await putBody(request, ctx, collected, uploads)
  } catch (error) {
    await uploads.discard()
    throw error
  }
  return { params: collected.params, uploads }
}

/** What can be told from the address alone, for an answer to a request that could not be read. */
export function parseUrl(url: string): Params {
  const collected = newParams()
  putUrl(url, collected)
  return collected.params
}

function putUrl(url: string, collected: Collected) {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const steps = path.replace(/^\/api_v3\/?(index\.php\/?)?/, '').split('/')
  for (let at = 0; at + 1 < steps.length; at += 2) {
    if (steps[at]) collected.putField(decoded(steps[at] ?? ''), decoded(steps[at + 1] ?? ''))
  }
  if (mark >= 0) putForm(url.slice(mark + 1), collected)
}

function decoded(step: string) {
  try {
    return decodeURIComponent(step)
  } catch {
    throw wrongFormat('path', 'percent-encoded UTF-8')
  }
}

/** Fields of a query or a form. What stands for broken bytes is left out, unless the sender wrote that sign himself. */
function putForm(text: string, collected: Collected) {
  const isMeant = /\uFFFD|%EF%BF%BD/i.test(text)
  for (const [name, value] of new URLSearchParams(text)) collected.putField(name, isMeant ? value : withoutReplaced(value))
}

async function putBody(request: WireRequest, ctx: Context, collected: Collected, uploads: Uploads) {
  if (request.header('content-encoding')) throw wrongFormat('Content-Encoding', 'none')
  const [kind = ''] = (request.header('content-type') ?? '').toLowerCase().split(';')
  if (kind.trim() === 'multipart/form-data') return readMultipart(request, ctx, collected, uploads)

  const text = (await readText(request)).trim()
  if (text === '') return
  if (kind.trim() === 'application/json') return collected.putJson(readJsonObject(text, 'body'))
  if (kind.trim() !== 'application/x-www-form-urlencoded') {
    throw wrongFormat('Content-Type', 'application/json, application/x-www-form-urlencoded, multipart/form-data')
  }
  putForm(text, collected)
}
