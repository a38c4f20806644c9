import 'server-only'
import { transaction } from '@/db/client'
import { withPartner } from '@/db/partner-guard'
import { findPartnerRow } from '@/db/queries/partners'
import { insertSampleLogins } from '@/db/queries/sample'
import { insertUsers, type NewUser } from '@/db/queries/users'
import { uniqueViolation } from '@/db/sql'
import { userStatus } from '@/db/statuses'
import { ActionError } from '@/lib/action/errors'
import { type SamplePerson, samplePeople } from './people'

const batch = 500

/**
 * Fills an account with made-up people, the same for the same seed. Their sign-ins have no password, so nobody can use them before a
 * reset. Answers how many were added.
 */
export async function fillSample({ partnerId, users, seed }: { partnerId: number; users: number; seed: number }) {
  if (!(await findPartnerRow(partnerId))) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: partnerId })
  let added = 0
  for (const people of inBatches(samplePeople(users, seed), batch)) {
    await withPartner(partnerId, () => transaction(() => addPeople(partnerId, people)))
    added += people.length
  }
  return { partnerId, added }
}

async function addPeople(partnerId: number, people: SamplePerson[]) {
  const logins = await insertSampleLogins(
    partnerId,
    people.filter((person) => person.hasLogin),
  )
  await insertUsers(
    partnerId,
    people.map((person) => rowOf(partnerId, person, logins.get(person.email) ?? null)),
  ).catch((error) => {
    if (uniqueViolation(error) !== null) throw new ActionError('DUPLICATE_USER_BY_ID', { UID: people[0]?.id ?? '' })
    throw error
  })
}

function rowOf(partnerId: number, { hasLogin: _, ...person }: SamplePerson, loginDataId: number | null): NewUser {
  return {
    ...person,
    partnerId,
    loginDataId,
    isHashed: false,
    type: 0,
    capabilities: [],
    userMode: 0,
    isGuest: false,
    isSsoExcluded: false,
    roleIds: person.isAdmin ? '1' : '',
    statusUpdatedAt: person.updatedAt,
    deletedAt: person.status === userStatus.deleted ? person.updatedAt : null,
    sessionsValidFrom: 0,
  }
}

function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = []
  for (const item of items) {
    part.push(item)
    if (part.length === size) {
      yield part
      part = []
    }
  }
  if (part.length > 0) yield part
}
