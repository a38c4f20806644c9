import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from './data-folder'

/**
 * O05 C08, after all stories: the server's log holds no KS, not the installation's secret, and none of the passwords that the stories typed.
 * The passwords are taken from the stories themselves, as a list of its own would grow old.
 */
export default function logKeepsSecrets() {
  const log = readFileSync(join(dataDir(), 'server.log'), 'utf8')
  if (!log.includes('"action"')) throw new Error('O05 the server logged no action: is this its log?')
  const own = readFileSync(join(dataDir(), 'auth-secret'), 'utf8').trim()
  const leaked = [own, ...typedPasswords(), ...(log.match(/djJ8[\w+/-]{16,}/g) ?? [])].filter((secret) => log.includes(secret))
  if (leaked.length > 0) throw new Error(`O05 the server's log holds ${leaked.length} secrets, the first is ${leaked[0]}`)
}

function typedPasswords() {
  const stories = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts'))
  const texts = stories.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  return texts.flatMap((text) => [...text.matchAll(/password(?: =|:) '([^']{8,})'/gi)].map((match) => match[1] ?? ''))
}
