import 'server-only'
import { readFileSync } from 'node:fs'
import { BlockList, isIP, SocketAddress } from 'node:net'
import { join } from 'node:path'
import { type CountryResponse, Reader } from 'mmdb-lib'
import { log } from '@/lib/log'

/** By the registries, both kinds of addresses; no network is asked (docs/decisions/0021-where-sign-ins-come-from.md). */
const file = 'node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

type Countries = Reader<CountryResponse & { country_code: string }>

const shared = globalThis as { [countriesKey]?: Pick<Countries, 'get'> }
const countriesKey = Symbol.for('usher.countries')

/** Eight megabytes, for whoever asks first. Without them nobody knows a place, and all else goes on. */
function countries() {
  shared[countriesKey] ??= read()
  return shared[countriesKey]
}

function read() {
  try {
    return new Reader<CountryResponse & { country_code: string }>(readFileSync(join(process.cwd(), file)))
  } catch (err) {
    log().warn({ err }, 'the countries of addresses cannot be read')
    return { get: () => null }
  }
}

/** This machine, its link, and networks that many have each for themselves: at home, in a house, of a provider behind one address. */
const local = blockList(
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::/127', 'fc00::/7', 'fe80::/10'],
)

/** For examples. The countries that the data has for them are those of the registries that keep them free. */
const examples = blockList('192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32')

function familyOf(address: string) {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

function blockList(...networks: string[]) {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

/**
 * Where a network address is: the code of a country (ISO 3166-1 alpha-2), `local` for this machine and private networks, or null where
 * nobody knows, also for what is no address.
 */
export function placeOf(address: string | null): string | null {
  const plain = plainAddress(address ?? '')
  if (!plain) return null
  const family = familyOf(plain)
  if (local.check(plain, family)) return 'local'
  if (examples.check(plain, family)) return null
  return countries().get(plain)?.country_code ?? null
}

/** Without the link that it is on; one of IPv4 as such, whatever it was written as. */
function plainAddress(address: string) {
  if (isIP(address) === 0) return null
  const [bare = ''] = address.split('%', 1)
  return new SocketAddress({ address: bare, family: familyOf(bare) }).address.replace(/^::ffff:(?=.*\.)/, '')
}
