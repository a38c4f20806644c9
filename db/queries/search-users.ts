import { countEntries, plansSearches } from '../sql'
import { phrasesOf, type UserQuery } from './user-conditions'
import { keysOf } from './user-counts'

/** How SQLite is to look for texts: it knows how many users have each only once it has counted them. */

/** Of the texts to look for, the one that fewest users have, if no more than `few` do; the search index is then the quickest way to them. */
export async function rarePhrase(partnerId: number, query: UserQuery, few: number): Promise<string | null> {
  if (plansSearches()) return null
  let rarest: { phrase: string; count: number } | null = null
  for (const phrase of phrasesOf(query)) {
    const count = await countEntries(phrase, keysOf(partnerId), (rarest?.count ?? few) + 1)
    if (count <= (rarest?.count ?? few)) rarest = { phrase, count }
  }
  return rarest?.phrase ?? null
}

/** Whether a text is looked for anywhere within another, which no order helps with. */
export const isSearch = ({ freeText, emailHas, screenNameHas }: UserQuery) =>
  [freeText, emailHas, screenNameHas].some((text) => text !== undefined)
