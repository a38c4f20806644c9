import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, type Sent } from './raw-request'

/** The actions of the build, which pages call by number: an API that nobody documents, but anybody can call. */

type Manifest = { node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }> }

const built = <T>(path: string): T => JSON.parse(readFileSync(join(import.meta.dirname, '../.next', path), 'utf8'))

/** The paths of all pages and routes, with these in place of their parameters. */
export function builtPaths(parameters: Record<string, string>) {
  const paths = Object.values(built<Record<string, string>>('app-path-routes-manifest.json')).filter(isAsked)
  return paths.map((path) => fill(path, parameters))
}

/** Pages of the framework's own, which no address leads to. */
const isAsked = (path: string) => !path.startsWith('/_')

const fill = (path: string, parameters: Record<string, string>) =>
  path.replace(/\[+(?:\.\.\.)?(\w+)\]+/g, (_, name: string) => parameters[name] ?? 'nothing')

/** Each with a page that it can be called on. */
export function builtActions(parameters: Record<string, string> = {}) {
  const pathOf = built<Record<string, string>>('app-path-routes-manifest.json')
  return Object.entries(built<Manifest>('server/server-reference-manifest.json').node).map(([id, action]) => {
    const [worker = ''] = Object.keys(action.workers)
    const path = fill(pathOf[worker.replace(/^app/, '')] ?? '/', parameters)
    return { id, name: action.exportedName, file: action.filename, path }
  })
}

/** What an action answered, null where the text is no answer of one. */
export function resultIn(text: string) {
  const [, row] = /^1:(\{.*\})$/m.exec(text) ?? []
  return row ? (JSON.parse(row) as { ok: boolean; error?: { code: string } }) : null
}

/** Calls an action as a page does. */
export async function callAction(address: string | undefined, path: string, id: string, { headers, body }: Sent) {
  const answer = await ask(address, path, {
    method: 'POST',
    headers: { accept: 'text/x-component', 'content-type': 'text/plain;charset=UTF-8', 'next-action': id, ...headers },
    body,
  })
  return { ...answer, data: resultIn(answer.text) }
}
