import { randomBytes } from 'node:crypto'

// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports, no `server-only`.

/** The header by which the front door tells the pages their nonce; it overwrites whatever a client sends under this name. */
export const nonceHeader = 'x-usher-nonce'

/** 128 random bits, new for each answer: what carries them was written by us. */
export const newNonce = () => randomBytes(16).toString('base64')

/** What keeps everything that a browser shows in its place (W07). */
export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
}

/**
 * The content security policy of a document (W06): a script runs if it carries the nonce or was loaded by one that does. Style sheets are
 * ours or carry the nonce; style attributes are allowed, as the server writes sizes and colours into them. In development the framework
 * evaluates code, writes styles without nonce and listens on a socket.
 */
export function contentSecurityPolicy(nonce: string, { isDev = false } = {}) {
  const directives = {
    'default-src': "'self'",
    // 'self' is for browsers that do not know 'strict-dynamic'; the others ignore it.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    'style-src': isDev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'connect-src': isDev ? "'self' ws:" : "'self'",
    'frame-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    'form-action': "'self'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
