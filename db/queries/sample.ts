import { and, inArray, isNull } from 'drizzle-orm'
import { db } from '../client'
import { loginData } from '../schema/people'

type SampleLogin = { email: string; firstName: string; lastName: string; createdAt: number; updatedAt: number }

/** Adds sign-ins without a password; e-mail → id. Ones that exist already are taken as they are. */
export async function insertSampleLogins(partnerId: number, people: SampleLogin[]): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const rows = people.map(({ email, firstName, lastName, createdAt, updatedAt }) => ({
    loginEmail: email,
    firstName,
    lastName,
    createdAt,
    updatedAt,
    configPartnerId: partnerId,
    previousPasswords: [],
    loginAttempts: 0,
    sessionsValidFrom: 0,
  }))
  await db().insert(loginData).values(rows).onConflictDoNothing()
  const stored = await db()
    .select({ id: loginData.id, loginEmail: loginData.loginEmail })
    .from(loginData)
    .where(
      and(
        isNull(loginData.setAsideAt),
        inArray(
          loginData.loginEmail,
          people.map((person) => person.email),
        ),
      ),
    )
  return new Map(stored.map((row) => [row.loginEmail, row.id]))
}
