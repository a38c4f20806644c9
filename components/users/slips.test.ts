import { describe, expect, it } from 'vitest'
import { en } from '../text/en'
import { slipIn } from './slips'

const slip = (user: object, fields = ['email', 'language']) => slipIn(user, fields, en.users)?.field

describe('what is typed into a form', () => {
  it.each(['ann@acme.example', 'ann+x@mail.acme.co.uk', 'ann@bücher.example', '', null])('may be the address %s', (email) => {
    expect(slip({ email })).toBeUndefined()
  })

  it.each(['no mail', 'ann', 'ann@acme', '@acme.example', 'ann@acme.', 'a b@acme.example'])(
    'may not be the address %s',
    (email) => {
      expect(slip({ email })).toBe('user.email')
    },
  )

  it.each(['en', 'de', 'pt-BR', 'zh-Hant-TW', ''])('may be the language %s', (language) => {
    expect(slip({ language })).toBeUndefined()
  })

  it.each(['deutsch', '1!', 'e'])('may not be the language %s', (language) => {
    expect(slip({ language })).toBe('user.language')
  })

  it.each(['https://acme.example/ann.png', 'http://acme.example', 'HTTPS://acme.example/a?b#c', ''])(
    'may be the picture at %s',
    (thumbnailUrl) => {
      expect(slip({ thumbnailUrl }, ['thumbnailUrl'])).toBeUndefined()
    },
  )

  it.each(['javascript:alert(1)', 'data:image/svg+xml,x', ' https://acme.example', '//acme.example', 'https:', 'ann.png'])(
    'O01 may not be the picture at %s',
    (thumbnailUrl) => {
      expect(slip({ thumbnailUrl }, ['thumbnailUrl'])).toBe('user.thumbnailUrl')
    },
  )

  it('is all that is looked at', () => {
    expect(slip({ email: 'no mail', language: 'en' }, ['language'])).toBeUndefined()
  })
})
