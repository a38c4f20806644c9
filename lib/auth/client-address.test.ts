import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address'

describe('client address', () => {
  it.each<[string, string | undefined, string | undefined, number, string]>([
    ['A13 no proxy is trusted: the header says nothing', '203.0.113.9', '198.51.100.1', 0, '203.0.113.9'],
    ['one proxy: what it saw', '10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
    ['A13 one proxy: what the client wrote in front is ignored', '10.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.1', 1, '198.51.100.1'],
    ['two proxies', '10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', 2, '198.51.100.1'],
    ['A13 a proxy that saw no address: the connection', '10.0.0.1', 'unknown', 1, '10.0.0.1'],
    ['A13 rubbish', '10.0.0.1', "'; drop table users; --", 1, '10.0.0.1'],
    ['an empty header', '10.0.0.1', '', 1, '10.0.0.1'],
    ['no header', '10.0.0.1', undefined, 1, '10.0.0.1'],
    ['IPv4 in IPv6 clothes', '::ffff:203.0.113.9', undefined, 0, '203.0.113.9'],
    ['IPv6', '10.0.0.1', '2001:db8::1', 1, '2001:db8::1'],
    ['no connection', undefined, undefined, 0, ''],
  ])('%s', (_, connection, header, hops, expected) => {
    expect(clientAddress(connection, header, hops)).toBe(expected)
  })
})
