import 'server-only'
import { domainToASCII } from 'node:url'

const local = /^[_a-z0-9,!#$%&'*+?^`{|}~-]+(\.[_a-z0-9,!#$%&'*+?^`{|}~-]+)*$/
/** Nothing that ends a host name in a URL, as the conversion to ASCII letters would stop there. */
const domainText = /^[\p{L}\p{N}\p{M}._-]+$/u
const label = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/

/**
 * The one form of a sign-in address (§3.3): NFKC, lower case, the domain in ASCII letters. Null for anything but one address. Linear
 * time whatever the text.
 */
export function loginEmailOf(text: string): string | null {
  // Before any work that grows with the text.
  if (text.length > 320) return null
  const plain = text.normalize('NFKC').toLowerCase()
  const [name = '', domain, ...more] = plain.split('@')
  if (plain.length > 320 || domain === undefined || more.length > 0 || name.length > 64 || !local.test(name)) return null
  if (!domainText.test(domain)) return null
  const ascii = domainToASCII(domain)
  const labels = ascii.split('.')
  if (ascii.length > 255 || labels.length < 2 || !labels.every((part) => part.length <= 63 && label.test(part))) return null
  return `${name}@${ascii}`
}
