/** The items of a comma-separated list, trimmed, without empty ones. Safe to import in the browser. */
export function itemsOf(list: string | null | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}
