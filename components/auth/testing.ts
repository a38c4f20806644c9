import { vi } from 'vitest'

/** An empty memory of a tab, until `vi.unstubAllGlobals`. */
export function openTab() {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    setItem: (name: string, value: string) => kept.set(name, value),
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => kept.delete(name),
  })
}
