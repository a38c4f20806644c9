const base = 'http://usher.invalid'

/** Where to go after sign-in: a path of this site, judged as a browser would read it, else the beginning. */
export function safeNextPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || !URL.canParse(next, base)) return '/'
  const url = new URL(next, base)
  const isHere = url.origin === base && !url.pathname.startsWith('//')
  return isHere ? `${url.pathname}${url.search}` : '/'
}
