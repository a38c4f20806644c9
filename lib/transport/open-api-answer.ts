import 'server-only'
import { createHash } from 'node:crypto'
import { env } from '@/lib/env'
import { openApi } from './api-v3/open-api'

let made: { body: string; etag: string } | undefined

/** The description of the API, made once in each process; a caller who has it already is told so. Holds nothing that is secret. */
export function openApiAnswer(request: Request): Response {
  made ??= make()
  const headers = {
    'content-type': 'application/json',
    // Tools that show such documents read them from pages of their own.
    'access-control-allow-origin': '*',
    'cache-control': 'no-cache',
    etag: made.etag,
  }
  const isKnown = request.headers
    .get('if-none-match')
    ?.split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === made?.etag)
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(made.body, { headers })
}

function make() {
  const body = JSON.stringify(openApi(env().publicUrl))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}
