import { expect } from '@playwright/test'
import type { Account, Person } from './fixtures'

type Kept = { account: Account; people: Record<string, Person> }

/** Fails when a text tells what is shown to the account's administrators alone, or what is among `more`. `what` names the text. */
export function expectNothingKept(text: string, what: string, { account, people }: Kept, more: string[] = []) {
  const kept = [account.name, ...Object.values(people).map(({ email }) => email), ...more]
  for (const secret of kept) expect(text.includes(secret), `${secret} in ${what}`).toBe(false)
}
