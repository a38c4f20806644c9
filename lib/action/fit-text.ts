/** What XML 1.0 cannot carry (§1.5): most control characters, and two that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Whether every answer can carry the text: no control characters, no half characters. */
export const isFitText = (text: string) => text.isWellFormed() && text.search(unfit) < 0

/** The text without what no answer can carry. */
export const fitText = (text: string) => text.toWellFormed().replace(unfit, '')
