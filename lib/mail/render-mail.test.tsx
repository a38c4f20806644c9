import { render } from '@react-email/render'
import { describe, expect, it } from 'vitest'
import { env } from '@/lib/env'
import { mailEvents } from './enums'
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
    expect(subject).toContain('Acme University')
    expect(`${html}${text}`).not.toMatch(/undefined|\[object|NaN|<script|<img/)
    if ('link' in samples[event]) {
      expect(html).toContain(`href="${sampleLink}"`)
      expect(text.split('\n')).toContain(sampleLink)
    }
  })

  it.each(['en', 'de'])(
    'M04 M03 makes nothing of what people wrote: no markup, no link, no address, no line of its own, in %s',
    async (language) => {
      const plain = await renderMail(sampleMail(event), language)
      for (const hostile of written) {
        const mail = sampleMail(event, Object.fromEntries(people.map((field) => [field, hostile])))
        const { subject, html, text } = await renderMail(mail, language)
        expect(`${subject}${text}`).not.toMatch(/[\0\r\u2028\u202E]/)
        expect(subject).not.toMatch(/\p{Cc}/u)
        expect(text).not.toMatch(/^Bcc:/m)
        for (const [body, usual] of [
          [subject, plain.subject],
          [text, plain.text],
          [wordsOf(html), wordsOf(plain.html)],
        ] as const) {
          for (const link of clickable(body)) expect(clickable(usual), hostile).toContain(link)
        }
        expect(linksOf(html)).toEqual(linksOf(plain.html))
        expect(elementsOf(html).filter((name) => !elementsOf(plain.html).includes(name))).toEqual([])
      }
    },
  )
})

/** All that somebody else than Usher has written. */
const people = [
  ...['userName', 'partnerName', 'creatorName', 'byName', 'fileName', 'device', 'address'],
  ...['loginEmail', 'oldEmail', 'newEmail'],
]

const written = [
  '<a href="http://evil.example/">click</a>',
  '<img src=x onerror=alert(1)>',
  '</title></style></p><script>alert(1)</script>',
  'http://evil.example/x?y',
  'HTTPS:\\\\evil.example',
  '//evil.example',
  'www.evil.example',
  'evil\u3002example',
  'bad.cafe',
  'boss@evil.example, more@evil.example',
  'mailto:boss@evil',
  'javascript://evil.example/%0aalert(1)',
  'Ann\r\nBcc: all@evil.example\r\n\r\nHello',
  'Ann\u0000\u202Egnp.exe\u2028x',
  '{{link}} <%= link %> #{link}',
]

/** What a mail program makes a link of: addresses of every kind, and names with dots. */
const clickable = (text: string) =>
  text.match(/\S*(?::\/\/|\/\/|@)\S*|[\p{L}\d-]+(?:[.\u3002][\p{L}\d-]+)*[.\u3002]\p{L}{2,}/giu) ?? []

const pathsOf = (html: string) => linksOf(html).map((link) => link?.replace(env().publicUrl, ''))
const linksOf = (html: string) => [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link]) => link)
const elementsOf = (html: string) => [...html.matchAll(/<([a-z][^\s/>]*)/gi)].map(([, name]) => name)
/** What is read, without comments, styles and elements. */
const wordsOf = (html: string) =>
  html
    .replace(/<!--.*?-->|<style.*?<\/style>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')

it.each([
  ['193.0.6.139', 'en', 'Where: Netherlands\n\nNetwork address: 193.0.6.139'],
  ['193.0.6.139', 'de', 'Wo: Niederlande\n\nNetzwerkadresse: 193.0.6.139'],
  ['2001:4860:4860::8888', 'en', 'Where: United States\n\nNetwork address: 2001:4860:4860::8888'],
])('tells in which country a new sign-in from %s was, in %s', async (address, language, facts) => {
  const { html, text } = await renderMail(sampleMail('new-sign-in', { address }), language)
  expect(text).toContain(facts)
  expect(wordsOf(html).replace(/\s+/g, ' ')).toContain(facts.replace(/\s+/g, ' '))
})

it.each(['192.168.1.20', '198.51.100.7', ''])(
  'tells nothing of where a new sign-in from %j was, as nobody knows',
  async (address) => {
    const { text } = await renderMail(sampleMail('new-sign-in', { address }), 'en')
    expect(text).not.toContain('Where')
  },
)

describe.each(['en', 'de'])('the way on in %s', (language) => {
  it.each([
    ['locked', '/forgot'],
    ['password-changed', '/forgot'],
    ['new-sign-in', '/forgot'],
    ['second-factor-enrolled', '/forgot'],
    ['second-factor-removed', '/forgot'],
    ['backup-codes-renewed', '/forgot'],
    // A new password is asked for with the new address now, which a thief may hold.
    ['email-changed', '/sign-in'],
    ['unlocked', '/sign-in'],
  ] as const)('of a mail about %s leads to %s, by a button and by its address', async (event, path) => {
    const { html, text } = await renderMail(sampleMail(event), language)
    expect(pathsOf(html)).toEqual([path, path])
    expect(text.split('\n')).toContain(`${env().publicUrl}${path}`)
  })
})

it.each(mailEvents)('offers no new password in a mail about %s where the account lets nobody have one by mail', async (event) => {
  for (const language of ['en', 'de']) {
    const { html, text } = await renderMail(sampleMail(event, { isResetOff: true }), language)
    expect(pathsOf(html)).not.toContain('/forgot')
    if (event === 'locked')
      expect(text).toMatch(/administrator of your account can unlock it|Administrator deines Kontos kann es sofort/)
  }
})

it.each([
  ['en', 'a new password by a link unlocks it at once'],
  ['de', 'Ein neues Passwort über einen Link entsperrt es sofort'],
])('A11 tells who is locked out that a new password unlocks at once, in %s', async (language, words) => {
  const { html, text } = await renderMail(sampleMail('locked'), language)
  expect(text).toContain(words)
  expect(wordsOf(html)).toContain(words)
})

it.each([
  ['en', 'somebody knows yours', 'you need not do anything'],
  ['de', 'Jemand kennt deines', 'brauchst du nichts zu tun'],
])(
  'Z10 warns the old address of a change that it did not ask for, and not the new one, in %s',
  async (language, warning, calm) => {
    const change = { link: `${env().publicUrl}/confirm-email/KEY` }
    const toOld = await renderMail(sampleMail('confirm-email-change', { ...change, side: 'old' }), language)
    const toNew = await renderMail(sampleMail('confirm-email-change', { ...change, side: 'new' }), language)
    for (const body of [toOld.text, wordsOf(toOld.html)]) {
      expect(body).toContain(warning)
      expect(body).not.toContain(calm)
    }
    for (const body of [toNew.text, wordsOf(toNew.html)]) {
      expect(body).toContain(calm)
      expect(body).not.toContain(warning)
    }
    // Whoever follows the first link of the mail confirms.
    expect(pathsOf(toOld.html)).toEqual(['/confirm-email/KEY', '/confirm-email/KEY', '/forgot'])
    expect(pathsOf(toNew.html)).toEqual(['/confirm-email/KEY', '/confirm-email/KEY'])
  },
)

describe.each([
  ['en', 'An administrator'],
  ['de', 'Ein Administrator'],
])('who did it, in %s', (language, administrator) => {
  const byNobody = { creatorName: 'Unknown', byName: 'Unknown' }

  it.each(mailEvents)('is nobody called Unknown in a mail about %s', async (event) => {
    const { subject, html, text } = await renderMail(sampleMail(event, byNobody), language)
    expect(`${subject}${html}${text}`).not.toContain('Unknown')
  })

  it.each([
    'invitation',
    'login-invitation',
    'login-added',
    'login-enabled',
    'login-disabled',
    'user-added',
    'made-admin',
  ] as const)('is an administrator where no person did it, in a mail about %s', async (event) => {
    const { html, text } = await renderMail(sampleMail(event, byNobody), language)
    expect(text).toContain(`${administrator} `)
    expect(wordsOf(html)).toContain(`${administrator} `)
  })
})

it('falls back to English for a language without words', () => {
  expect(subjectOf(sampleMail('reset-password'), 'fr')).toBe('Set a new password for Acme University')
  expect(subjectOf(sampleMail('reset-password'), 'DE-at')).toBe('Neues Passwort für Acme University setzen')
  expect(subjectOf(sampleMail('reset-password'), 'constructor')).toBe('Set a new password for Acme University')
  expect(subjectOf(sampleMail('reset-password'), null)).toBe('Set a new password for Acme University')
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
