import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createLog } from '@/lib/log'
import { testAction } from '@/lib/testing'
import { newContext } from './context'
import { bool } from './fields'
import { runAction } from './run-action'

const log = Symbol.for('usher.log')
const place = globalThis as { [log]?: unknown }
afterEach(() => {
  delete place[log]
})

/** What is logged from now on. */
function watchLog() {
  const lines: string[] = []
  place[log] = createLog({ write: (line) => void lines.push(line) }, 'info')
  return () => lines.map((line) => JSON.parse(line))
}

const answering = (handle: () => Promise<boolean>) => testAction({ input: z.object({}), output: bool(), handle })
const fails = (error: unknown) => answering(() => Promise.reject(error))

describe('R35 an error that no rule of ours made', () => {
  it.each([
    ['an error', new TypeError('secret thing'), { type: 'TypeError' }],
    ['a value that is none', 'secret thing', 'secret thing'],
    ['nothing', undefined, undefined],
  ])('fails the call with %s, which only the log has, beside the number that the caller is told', async (_what, thrown, err) => {
    const logged = watchLog()
    const ctx = newContext({ origin: 'wire' })
    const result = await runAction(fails(thrown), ctx, {})
    expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL_SERVERL_ERROR', requestId: ctx.requestId } })
    expect(JSON.stringify(result)).not.toContain('secret thing')
    const { requestId } = ctx
    expect(logged()).toMatchObject([
      { level: 'error', requestId, action: 'test.action', ...(err !== undefined && { err }) },
      { level: 'info', requestId, result: 'INTERNAL_SERVERL_ERROR' },
    ])
    expect(
      await runAction(
        answering(async () => true),
        ctx,
        {},
      ),
    ).toMatchObject({ ok: true, data: true })
  })
})
