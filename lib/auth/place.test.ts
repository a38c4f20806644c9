import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeOf } from './place'

it.each([
  // Google, and blocks that universities and the European registry have had since the beginning.
  ['8.8.8.8', 'US'],
  ['131.130.1.11', 'AT'],
  ['130.133.8.114', 'DE'],
  ['193.0.6.139', 'NL'],
  ['2001:4860:4860::8888', 'US'],
  ['2001:67c:2e8:22::c100:68b', 'NL'],
  ['2001:67C:2E8:22:0:0:C100:68B', 'NL'],
  // IPv4 as IPv6.
  ['::ffff:8.8.8.8', 'US'],
  ['::ffff:808:808', 'US'],
  ['0:0:0:0:0:FFFF:0808:0808', 'US'],
])('%s is in %s', (address, country) => {
  expect(placeOf(address)).toBe(country)
})

it.each([
  ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:1'],
  ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '::ffff:192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  ...['100.64.0.1', '100.127.255.255', '169.254.1.1', 'fe80::1', 'fe80::1%eth0', 'FEBF::1'],
])('%s is of this machine or of a private network', (address) => {
  expect(placeOf(address)).toBe('local')
})

it.each(['172.32.0.1', '100.63.255.255', '192.169.0.1', '11.0.0.1', '128.0.0.1'])(
  '%s, next to a private network, is not',
  (address) => {
    expect(placeOf(address)).not.toBe('local')
  },
)

it.each([
  // Examples, which the data has in Australia and Japan.
  ...['192.0.2.1', '198.51.100.7', '203.0.113.9', '::ffff:198.51.100.7', '2001:db8::1'],
  // Groups of receivers.
  ...['224.0.0.1', 'ff02::1', '255.255.255.255'],
  // No addresses.
  ...[null, '', ' ', 'x', '-1', 'localhost', 'unknown', '\0', '\u{1F30D}', '\uD800'],
  ...['8.8', '8.8.8', '8.8.8.8.8', '08.8.8.8', '256.1.1.1', '8.8.8.8 ', '8.8.8.8\n', '8.8.8.8/8', '8.8.8.8:80'],
  ...['%', '%eth0', '::%', ':', ':::', '1::2::3', '[::1]', '::ffff:8.8.8', '::ffff:8.8.8.999'],
])('%j is nowhere', (address) => {
  expect(placeOf(address)).toBeNull()
})

it('finds nothing in what is far too long for an address', () => {
  for (const part of ['8', ':', 'f', '1:', '%', '.']) expect(placeOf(part.repeat(4096)), part).toBeNull()
  expect(placeOf(`8.8.8.8%${'x'.repeat(4096)}`)).toBeNull()
})

it('answers whatever it is asked', () => {
  const lookalike = fc.string({ unit: fc.constantFrom(...'0f:.%/') })
  const anything = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.string({ unit: 'binary' }), lookalike)
  fc.assert(
    fc.property(anything, (address) => {
      expect(placeOf(address) ?? 'nowhere').toMatch(/^([A-Z]{2}|local|nowhere)$/)
    }),
  )
})

it('is not known where the data cannot be read, and all else goes on', () => {
  const shared = globalThis as { [key: symbol]: unknown }
  const countries = Symbol.for('usher.countries')
  const [here, kept] = [process.cwd(), shared[countries]]
  delete shared[countries]
  process.chdir(tmpdir())
  try {
    expect(placeOf('8.8.8.8')).toBe(null)
    expect(placeOf('10.0.0.1')).toBe('local')
  } finally {
    process.chdir(here)
    shared[countries] = kept
  }
  expect(placeOf('8.8.8.8')).toBe('US')
})
