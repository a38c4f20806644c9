import { expect, it } from 'vitest'
import { POST } from './route'

const context = { params: Promise.resolve({ nextauth: ['callback', 'credentials'] }) }

function post(body: string, headers: Record<string, string>) {
  return POST(new Request('http://localhost:3000/api/auth/callback/credentials', { method: 'POST', body, headers }), context)
}

it.each([
  ['one byte too long', { 'content-length': '16385' }],
  ['of unknown length', {}],
  ['of a length that is no number', { 'content-length': 'much' }],
  ['of a negative length that hides a long one', { 'content-length': 'NaN' }],
])('I08 a body of sign-in %s is refused before it is read', async (_what, headers) => {
  expect((await post('x'.repeat(100_000), headers)).status).toBe(413)
})
