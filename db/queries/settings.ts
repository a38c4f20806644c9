import { eq, sql } from 'drizzle-orm'
import { db } from '../client'
import { settings } from '../schema/accounts'

export async function findSetting(name: string): Promise<string | null> {
  const [setting] = await db().select().from(settings).where(eq(settings.name, name))
  return setting?.value ?? null
}

export async function putSetting(name: string, value: string) {
  await db().insert(settings).values({ name, value }).onConflictDoUpdate({ target: settings.name, set: { value } })
}

export async function deleteSetting(name: string) {
  await db().delete(settings).where(eq(settings.name, name))
}

/** Lets one transaction at a time decide about the installation as a whole. */
export async function lockInstallation() {
  await putSetting('lock', 'installation')
  await db()
    .update(settings)
    .set({ value: sql`${settings.value}` })
    .where(eq(settings.name, 'lock'))
}
