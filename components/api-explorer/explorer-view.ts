/** What the explorer shows: all of it but secrets is in the address, so that back, reload and a pasted link show the same. */

export const languages = ['curl', 'javascript', 'php', 'python'] as const
export type Language = (typeof languages)[number]

/** Path of a field, such as `pager.pageSize` → what was typed. A field that is not there is not sent. */
export type Values = Readonly<Record<string, string>>

export type ExplorerView = {
  /** What the list of actions is searched for. */
  q: string
  service?: string
  action?: string
  language: Language
  values: Values
}

const valuePrefix = 'p.'
const longest = 2_000

/** Every field has a fallback: an address with nonsense in it shows the plain page. */
export function readView(params: URLSearchParams): ExplorerView {
  const language = languages.find((name) => name === params.get('code')) ?? 'curl'
  const values = [...params]
    .filter(([name, value]) => name.startsWith(valuePrefix) && value.length <= longest)
    .map(([name, value]) => [name.slice(valuePrefix.length), value])
  return {
    q: params.get('q') ?? '',
    service: params.get('service') ?? undefined,
    action: params.get('action') ?? undefined,
    language,
    values: Object.fromEntries(values),
  }
}

/** The address of a view. Give it no values that are secret; very long ones stay out. */
export function hrefOf({ q, service, action, language, values }: ExplorerView) {
  const params = new URLSearchParams()
  if (q) params.set('q', q)
  if (service && action) {
    params.set('service', service)
    params.set('action', action)
  }
  if (language !== 'curl') params.set('code', language)
  for (const [path, value] of Object.entries(values)) if (value.length <= longest) params.set(valuePrefix + path, value)
  const query = params.toString()
  return query ? `/api-explorer?${query}` : '/api-explorer'
}
