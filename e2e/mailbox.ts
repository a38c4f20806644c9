import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { type ParsedMail, simpleParser } from 'mailparser'

export type ReadMail = {
  subject: string
  text: string
  html: string
  /** The first link in the text. */
  link: string
}

/**
 * Waits for the oldest unread mail to an address, with a subject of this kind if asked, and takes it out of the mailbox. Give every
 * story addresses of its own.
 */
export async function readMail(address: string, subject = /(?:)/): Promise<ReadMail> {
  let found: ParsedMail | null = null
  const look = async () => {
    found = await takeMail(address, subject)
    return found !== null
  }
  await expect.poll(look, { message: `a mail to ${address}`, timeout: 20_000, intervals: [100, 200, 400] }).toBe(true)
  const mail = found as ParsedMail | null
  const text = mail?.text ?? ''
  return { subject: mail?.subject ?? '', text, html: mail?.html || '', link: text.match(/https?:\/\/\S+/)?.[0] ?? '' }
}

async function takeMail(address: string, subject: RegExp) {
  const folder = process.env.USHER_E2E_MAILBOX ?? ''
  const files = readdirSync(folder).filter((name) => name.endsWith(` ${encodeURIComponent(address)}.eml`))
  for (const name of files.sort()) {
    const file = join(folder, name)
    const mail = await simpleParser(readFileSync(file))
    if (!subject.test(mail.subject ?? '')) continue
    rmSync(file)
    return mail
  }
  return null
}
