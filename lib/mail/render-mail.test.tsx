import { render } from '@react-email/render'
import { describe, expect, it } from 'vitest'
import { mailEvents } from './events'
import { renderMail } from './render-mail'
import { subjectOf } from './subject'
import { Frame } from './templates/frame'
import { sampleLink, sampleMail, samples } from './testing'
import { en } from './text/en'

describe.each(mailEvents)('%s', (event) => {
  it.each(['en', 'de'])('says in both bodies what it is about, in %s', async (language) => {
    const { subject, html, text } = await renderMail(sampleMail(event), language)
    expect(subject).toBe(subjectOf(sampleMail(event), language))
    expect(html).toContain(`lang="${language}"`)
    expect(html).toContain(`<title>${subject}</title>`)
    expect(text).toContain(subject)
    expect(text).toContain('Acme University')
    expect(`${html}${text}`).not.toMatch(/undefined|\[object|NaN|<script|<img/)
    if ('link' in samples[event]) {
      expect(html).toContain(`href="${sampleLink}"`)
      expect(text.split('\n')).toContain(sampleLink)
    }
  })

  it('M03 M04 makes nothing of what is written in names: no markup, no link, no line of its own', async () => {
    const hostile = [
      '<a href="http://evil.example/">click</a>',
      'http://evil.example/x?y',
      'www.evil.example',
      'boss@evil.example',
      'Ann\r\nBcc: all@evil.example\r\n\r\nHello',
      'Ann\u0000\u202Egnp.exe\u2028x',
      'javascript://evil.example/%0aalert(1)',
      '</title></style><script>alert(1)</script>',
      '{{link}} <%= link %> #{link}',
    ]
    const plain = await renderMail(sampleMail(event), 'en')
    for (const name of hostile) {
      const names = Object.fromEntries(
        ['userName', 'partnerName', 'creatorName', 'byName', 'fileName', 'device', 'address'].map((field) => [field, name]),
      )
      const { subject, html, text } = await renderMail(sampleMail(event, names), 'en')
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u202E]|:\/\/|@evil|evil\./u)
      expect(text).not.toMatch(/[\0\r\u2028\u202E]|evil\.|@evil|\/\/evil/)
      expect(text).not.toMatch(/^Bcc:/m)
      expect(html).not.toMatch(/<script|evil\.|@evil|\/\/evil/)
      expect(linksOf(html)).toEqual(linksOf(plain.html))
    }
  })
})

const linksOf = (html: string) => [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link]) => link)

it('falls back to English for a language without words', () => {
  expect(subjectOf(sampleMail('reset-password'), 'fr')).toBe('Set a new password')
  expect(subjectOf(sampleMail('reset-password'), 'DE-at')).toBe('Neues Passwort setzen')
  expect(subjectOf(sampleMail('reset-password'), 'constructor')).toBe('Set a new password')
  expect(subjectOf(sampleMail('reset-password'), null)).toBe('Set a new password')
})

it('runs from right to left in a language that does', async () => {
  const text = { ...en, language: 'he', direction: 'rtl' as const }
  const html = await render(
    <Frame text={text} partnerName="Acme" title="Title" preheader="Before">
      x
    </Frame>,
  )
  expect(html).toMatch(/<html[^>]* dir="rtl"[^>]* lang="he"|<html[^>]* lang="he"[^>]* dir="rtl"/)
})
