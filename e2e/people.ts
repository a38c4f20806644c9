import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import kaltura from 'kaltura-client'
import type { Account } from './fixtures'
import { clientOf, ksVersion2, user } from './wire-client'

const atOnce = 20

/** Adds the thousand people of the file as an integrator's program does, several at a time. */
export async function addPeople(address: string, account: Account) {
  const client = clientOf(address, ksVersion2(account, { privileges: 'disableentitlement' }))
  const waiting = readPeople()
  const addSome = async () => {
    for (let person = waiting.pop(); person; person = waiting.pop())
      await user.add(new kaltura.objects.User(person)).execute(client)
  }
  await Promise.all(Array.from({ length: atOnce }, addSome))
}

function readPeople() {
  const text = readFileSync(fileURLToPath(new URL('./data/people-1000.csv', import.meta.url)))
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, record_delimiter: ['\r\n', '\n'] })
  return rows.map(({ '*action': _, group: _group, userId, gender, dateOfBirth, ...row }) => ({
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value)),
    id: userId,
    gender: Number(gender),
    dateOfBirth: Date.parse(`${dateOfBirth}T00:00:00Z`) / 1000,
  }))
}
