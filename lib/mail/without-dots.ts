/** Mail programs turn names with dots into links (§7). */
export const withoutDots = (name: string) => name.replaceAll('.', ' ')
