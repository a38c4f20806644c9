import { expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { data } from '@/lib/testing'
import packageJson from '@/package.json'
import { getTime } from './get-time'
import { getVersion } from './get-version'
import { ping } from './ping'

freshDatabase()

it('tells anybody that the server is up, its time and its version', async () => {
  const ctx = newContext({ origin: 'wire', now: 1_767_614_400_999 })
  expect(data(await runAction(ping, ctx, {}))).toBe(true)
  expect(data(await runAction(getTime, ctx, {}))).toBe(1_767_614_400)
  expect(data(await runAction(getVersion, ctx, {}))).toBe(packageJson.version)
})
