// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports, no `server-only`.

/** A path of this server that can be decoded; `OPTIONS *` and requests to a proxy are none. The wire says itself what it cannot decode. */
export function isReadable(url: string) {
  try {
    return url.startsWith('/') && decodeURIComponent(pathOf(url)) !== ''
  } catch {
    return isWirePath(url)
  }
}

/** Whether the request is for the wire (§1.1). */
export function isWirePath(url: string) {
  const path = pathOf(url)
  return path === '/api_v3' || path.startsWith('/api_v3/')
}

const pathOf = (url: string) => url.split('?', 1)[0] ?? ''
