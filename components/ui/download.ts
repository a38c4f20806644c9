/** Hands the reader a file that was made in the browser. */
export function download(name: string, content: string, type = 'text/plain') {
  const address = URL.createObjectURL(new Blob([content], { type }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}
