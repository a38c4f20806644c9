import 'server-only'

/** The data without what is null, at every depth (§1.7); a lone null is the answer of an action that answers nothing. */
export function withoutNulls(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data ?? null
  if (Array.isArray(data)) return data.map(withoutNulls)
  const given = data as Record<string, unknown>
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(given)) {
    const value = given[name]
    if (value !== null && value !== undefined) kept[name] = typeof value === 'object' ? withoutNulls(value) : value
  }
  return kept
}
