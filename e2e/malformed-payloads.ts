import type { Sent } from './raw-request'

/** Calls of the server action `id` whose payloads no page makes: cut off, too deep, too large, leading to themselves or to programs. */
export function malformedPayloads(id: string): Sent[] {
  const call = { 'next-action': id }
  const forms = fields(id).map(asForm)
  return [
    ...texts.map((body) => ({ headers: { ...call, 'content-type': 'text/plain;charset=UTF-8' }, body })),
    ...forms.map(({ headers, body }) => ({ headers: { ...call, ...headers }, body })),
    // As a page without a program would send it.
    ...forms,
    ...numbers.map((number) => ({ headers: { 'next-action': number }, body: '[]' })),
    ...types.map((type) => ({ headers: { ...call, 'content-type': type }, body: '[{}]' })),
    ...others.map((headers) => ({ headers: { ...call, ...headers }, body: '[{}]' })),
  ].map((sent) => ({ method: 'POST', ...sent }))
}

const texts = [
  ...[
    '',
    'no JSON',
    '[',
    'null',
    '"$F1"',
    '["$1"]',
    '["$1:__proto__:constructor"]',
    '["$Q0"]',
    '["$W0"]',
    '["$K0"]',
    '["$B0"]',
    '["$i0"]',
  ],
  ...[
    '["$T"]',
    '["$P"]',
    '["$A1"]',
    '["$E{}"]',
    '["$h0"]',
    '["$R1"]',
    '["$r1"]',
    '["$D9999999999999"]',
    `["$n${'9'.repeat(100_000)}"]`,
  ],
  ...[
    '['.repeat(50_000),
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    `[${'1,'.repeat(2_000)}1]`,
    `["${'x'.repeat(2_000_000)}"]`,
  ],
]

/** What claims to be an object of the framework's own whose parts lead to the maker of functions: CVE-2025-55182. */
const program = `{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B1337\\"}",
  "_response":{"_prefix":"process.exit(7);","_chunks":"$Q2","_formData":{"get":"$1:constructor:constructor"}}}`

const fields = (id: string): Record<string, string>[] => [
  { 0: program, 1: '"$@0"' },
  { 0: '["$1:constructor:constructor"]', 1: '"$@0"' },
  { 0: '["$1"]', 1: '"$0"' },
  { 0: '["$1"]', 1: '["$1"]' },
  { 0: '["$F1"]', 1: `{"id":"${id}","bound":"$@0"}` },
  { 0: '["$F1"]', 1: '{"id":"constructor","bound":null}' },
  { $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"constructor","bound":"$@1"}', '$ACTION_1:1': '[]' },
  { $ACTION_ID_constructor: '', $ACTION_ID___proto__: '' },
]

function asForm(fields: Record<string, string>) {
  const part = (name: string, value = '') => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const parts = Object.entries(fields).map(([name, value]) => part(name, value))
  return { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: `${parts.join('')}--b--\r\n` }
}

const numbers = ['__proto__', 'constructor', '0'.repeat(42), '../../x', 'x'.repeat(9_000)]
const types = [
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/x-www-form-urlencoded',
  'text/plain;charset=utf-16',
]
const others: Record<string, string>[] = [
  { 'next-resume': '1', 'x-next-resume-state-length': '99' },
  { origin: 'no address' },
  { origin: 'null' },
  { 'next-router-state-tree': '[' },
]
