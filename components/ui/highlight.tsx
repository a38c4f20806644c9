import { Mark } from '@mantine/core'

/** The text with every place that the search found marked; case and accents do not count. */
export function Highlight({ text, search }: { text: string; search: string | undefined }) {
  const found = search ? plain(search).trim() : ''
  const at = found ? plain(text).indexOf(found) : -1
  // Folding may change the length of a letter, and then the places do not fit: rather no mark than a wrong one.
  if (at < 0 || plain(text).length !== text.length) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <Mark>{text.slice(at, at + found.length)}</Mark>
      {text.slice(at + found.length)}
    </>
  )
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
