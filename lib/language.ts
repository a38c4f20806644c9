/** The languages that people are spoken to, in mails and in the console. Safe to import in the browser. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** As each calls itself. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** Where a browser keeps the one that was chosen in it. The page writes it too. */
export const languageCookie = 'usher.language'

/** Which of ours a code such as `de`, `de-AT` or `DE` means; null for any other. */
export function languageOf(code: string | null | undefined): Language | null {
  const [first = ''] = code?.trim().toLowerCase().split(/[-_]/, 1) ?? []
  return languages.find((language) => language === first) ?? null
}

/** Of `Accept-Language` the one of ours that the reader likes best, English where none is there. */
export function preferredLanguage(accepted: string | null | undefined): Language {
  const wishes = (accepted ?? '').slice(0, 1000).split(',').map(wishOf)
  const [best] = wishes.filter(({ language, weight }) => language && weight > 0).sort((a, b) => b.weight - a.weight)
  return best?.language ?? 'en'
}

function wishOf(item: string) {
  const [code, ...more] = item.split(';')
  const quality = more.find((parameter) => parameter.trim().startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.trim().slice(2))
  return { language: languageOf(code), weight: Number.isNaN(weight) ? 0 : weight }
}
