import { toJson } from '../form-values'
import { type Call, escapeOf, filePlaceholder, ksPlaceholder } from './call'

/**
 * A command for any shell that knows single quotes (O01): nothing between them can end them or mean anything to a shell. Quotes,
 * backslashes and exclamation marks of a value, and all that cannot be printed, are written as JSON's escapes of four digits.
 */
export function toCurl({ serverUrl, service, action, needsSession, sent }: Call) {
  const url = `curl '${urlText(`${serverUrl}/api_v3/service/${service}/action/${action}`)}'`
  const json = jsonText({ ...(needsSession && { ks: ksPlaceholder }), format: 1, ...toJson(sent) })
  const files = sent.filter(([, { kind }]) => kind === 'file')
  if (files.length === 0) return [url, "-H 'Content-Type: application/json'", `--data-raw '${json}'`].join(nextLine)
  // `--form` would look for files and types in the text; the names of parameters are ours.
  return [url, `--form-string 'json=${json}'`, ...files.map(([name]) => `--form '${name}=@${filePlaceholder}'`)].join(nextLine)
}

const nextLine = ' \\\n  '

/** JSON's short escapes, and what some shell reads even between single quotes, or a terminal while it is pasted. */
const notForShells = /\\u[0-9a-f]{4}|\\.|['!]|[\p{C}\p{Zl}\p{Zp}]/gu

function jsonText(value: unknown) {
  return JSON.stringify(value).replace(notForShells, (token) => {
    if (token.startsWith('\\u')) return token
    return escapeOf(token.startsWith('\\') ? String(JSON.parse(`"${token}"`)) : token)
  })
}

const urlText = (url: string) => encodeURI(decodedOrSame(url)).replace(/['!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)

function decodedOrSame(url: string) {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}
