import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { ActionError } from '@/lib/action/errors'
import { type Answer, call, type Outcome, refused, type Site } from './call'
import type { Files } from './files'
import { emptyParams, isMap, type Params } from './params'
import { newReferences } from './references'

const mostCalls = 50

/** So many milliseconds of calls are made before others have their turn. */
const longestTurn = 10

export const isMultirequest = ({ service }: Params) => typeof service === 'string' && service.toLowerCase() === 'multirequest'

/**
 * Several calls, one after another, each with its own session, rights and result (§1.10): an error is the result of its call and stops
 * nothing. The first call that answers a file ends the request, and the file is all that is sent.
 */
export async function multirequest(params: Params, site: Site): Promise<Outcome<Answer[]> | Outcome> {
  const calls = callsOf(params)
  const references = newReferences()
  const answers: Answer[] = []
  const notices = new Set<string>()
  let turn = performance.now()
  for (const { index, own } of calls) {
    // SQLite answers without leaving this turn of the event loop: nobody would be seen to go away, and nobody else's turn would come.
    if (performance.now() - turn > longestTurn) {
      await nextTurn()
      turn = performance.now()
    }
    const ctx = { ...site.ctx, now: Date.now(), notices: [] }
    const { answer, notices: given } = await oneCall(own, { ...site, ctx, files: filesOf(index, site.files) })
    if ('file' in answer) return { answer, notices: given }
    answers.push(answer)
    for (const notice of given) notices.add(notice)
    references.add(answer)
  }
  return { answer: answers, notices: [...notices] }

  async function oneCall(own: Params, at: Site) {
    try {
      return await call(references.resolve(withInherited(own, params)), at)
    } catch (error) {
      return refused(error, at.ctx)
    }
  }
}

/** From 0 or 1 up to the first number that holds no call. */
function callsOf(params: Params) {
  const calls: { index: number; own: Params }[] = []
  for (let index = params[0] === undefined ? 1 : 0; ; index++) {
    const own = params[index]
    if (!isMap(own) || !own.service || !own.action) return calls
    calls.push({ index, own })
    if (calls.length > mostCalls)
      throw new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'multirequest', MAX_LEN: mostCalls })
  }
}

/** A call takes the session and the account of the request around it when it has none of its own, and nothing else. */
function withInherited(own: Params, common: Params) {
  const params = Object.assign(emptyParams(), own)
  params.ks ??= common.ks ?? null
  params.partnerId ??= own.p ?? common.partnerId ?? common.p ?? null
  return params
}

/** `0:fileData` is the `fileData` of call 0. */
function filesOf(index: number, files: Files): Files {
  if (files.size === 0) return files
  const prefix = `${index}:`
  const own = [...files].filter(([name]) => name.startsWith(prefix))
  return new Map(own.map(([name, file]) => [name.slice(prefix.length), file]))
}
