import { db } from '../client'
import { mailOutbox } from '../schema/work'

export type NewMail = Omit<typeof mailOutbox.$inferInsert, 'key'>

export async function insertMail(mail: NewMail) {
  await db().insert(mailOutbox).values(mail)
}
