import 'server-only'
import { isIP } from 'node:net'
import { loginEmailOf } from '@/lib/auth/login-email'
import { unknownName } from './actor-name'
import type { StoredMail } from './stored-mail'

/**
 * What people wrote, made harmless for a mail (M03, M04): mail programs turn names with dots, `://` or `@` in them into links, and a
 * line break would begin a header. Markup needs nothing here: React writes it as text. The name of nobody is empty.
 */
export function neutralParams<M extends StoredMail>({ params }: M): M['params'] {
  const entries = Object.entries(params).map(([name, value]) => [name, neutral[name]?.(String(value)) ?? value])
  return Object.fromEntries(entries)
}

const neutral: Record<string, (text: string) => string> = {
  userName: asName,
  creatorName: asActor,
  partnerName: asName,
  byName: asActor,
  device: asDevice,
  fileName: asFileName,
  address: (text) => (isIP(text) ? text : ''),
  loginEmail: asEmail,
  oldEmail: asEmail,
  newEmail: asEmail,
}

const mostCharacters = 100

/** Line breaks and other controls, and signs that turn the direction of what follows or that nobody sees. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu
const dots = /[.\u2024\u3002\uFF0E\uFF61]/g

function oneLine(text: string) {
  return text.toWellFormed().replace(unseen, ' ')
}

/** Dots become blanks (§7), and so does what makes an address of the rest. */
function asName(text: string) {
  const plain = oneLine(text)
    .replace(dots, ' ')
    .replace(/:\/\/|\/\/|[@\uFF20\\]/g, ' ')
  const short = [...plain.replace(/\s+/g, ' ').trim()].slice(0, mostCharacters).join('')
  return short.trim()
}

function asActor(text: string) {
  return text === unknownName ? '' : asName(text)
}

/** A profile holds any text as e-mail: what is no plain address is a name, lest it lead somewhere. */
function asEmail(text: string) {
  return loginEmailOf(text) === text.toLowerCase() ? text : asName(text)
}

/** "Firefox 128.0 (Windows)": what stands between digits is a version. */
function asDevice(text: string) {
  return text
    .split(/(\d+(?:\.\d+)+)/)
    .map((part, index) => (index % 2 === 1 ? part : asName(part)))
    .join(' ')
    .slice(0, mostCharacters)
    .trim()
}

/** A file keeps the dot before an ending that is no country's or anybody's domain. */
function asFileName(text: string) {
  const [, stem = text, ending = ''] = /^(.+)\.(csv|tsv|txt|json|jsonl|xml|log)$/i.exec(text) ?? []
  return ending ? `${asName(stem)}.${ending}` : asName(text)
}
