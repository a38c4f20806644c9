import { environmentManager, focusManager, QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { beganByItself } from './by-itself'

beforeAll(() => environmentManager.setIsServer(() => false))
afterAll(() => environmentManager.setIsServer(() => typeof window === 'undefined'))

/** What began each read of an open page that looks again every so many milliseconds. */
function pageThatLooksAgain(every: number | false) {
  const client = new QueryClient()
  client.mount()
  const began: boolean[] = []
  const observer = new QueryObserver(client, {
    queryKey: ['job'],
    queryFn: async () => began.push(beganByItself()),
    refetchInterval: every,
  })
  const leave = observer.subscribe(() => {})
  const close = () => {
    leave()
    client.unmount()
    client.clear()
  }
  return { client, observer, began, close }
}

it('S11 tells the reads of a timer from that of a page that is opened', async () => {
  const { began, close } = pageThatLooksAgain(5)
  await expect.poll(() => began.length).toBeGreaterThan(2)
  close()
  expect([began[0], ...new Set(began.slice(1))]).toEqual([false, true])
})

it('S11 tells them from those that a click, a change or the focus begins', async () => {
  const { client, observer, began, close } = pageThatLooksAgain(60_000)
  await expect.poll(() => observer.getCurrentResult().isSuccess).toBe(true)
  await observer.refetch()
  await client.invalidateQueries({ queryKey: ['job'] })
  focusManager.setFocused(false)
  focusManager.setFocused(true)
  await expect.poll(() => began.length).toBe(4)
  close()
  focusManager.setFocused(undefined)
  expect(began).toEqual([false, false, false, false])
})
