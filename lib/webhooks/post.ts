import 'server-only'
import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Milliseconds for the whole exchange. */
const patience = 10_000
/** Bytes of an answer that are read; nobody needs them. */
const mostAnswer = 65_536

/**
 * Addresses that no message goes to: those that only this machine's own link answers, where clouds keep their secrets, and those of
 * nobody. Private networks are allowed, as only the operator sets where an account is told, and its server may well stand beside Usher.
 */
const forbidden = new BlockList()
forbidden.addSubnet('0.0.0.0', 8)
forbidden.addSubnet('169.254.0.0', 16)
forbidden.addSubnet('224.0.0.0', 3)
forbidden.addSubnet('fe80::', 10, 'ipv6')
forbidden.addSubnet('ff00::', 8, 'ipv6')
forbidden.addSubnet('fd00:ec2::', 32, 'ipv6')
forbidden.addAddress('::', 'ipv6')

type Message = { url: string; body: string; headers: Record<string, string>; signal: AbortSignal }

/** Posts JSON to a server by http or https and answers its status. A redirect is not followed; the answer is not kept. */
export async function post({ url, body, headers, signal }: Message): Promise<number> {
  const target = new URL(url)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new Error('Messages go by http or https only.')
  // A name is judged by what it stands for, when it is looked up; an address is not looked up.
  const literal = target.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) && isForbidden(literal)) throw new Error(`No message is sent to ${literal}.`)

  return new Promise((resolve, reject) => {
    const send = target.protocol === 'http:' ? httpRequest : httpsRequest
    const request = send(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      lookup: allowedOnly,
      agent: false,
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    })
    request.on('error', reject)
    request.on('response', (response) => {
      let read = 0
      response.on('data', (part: Buffer) => {
        read += part.length
        if (read > mostAnswer) response.destroy()
      })
      response.on('error', reject)
      response.on('close', () => resolve(response.statusCode ?? 0))
    })
    request.end(body)
  })
}

/** The address that is connected to is the one that was judged: there is no second look-up in between. */
const allowedOnly: LookupFunction = (hostname, options, done) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 4)
    const [first] = addresses.filter(({ address }) => !isForbidden(address))
    if (!first) return done(new Error(`No message is sent to what ${hostname} stands for.`), '', 4)
    if (options.all) done(null, [first])
    else done(null, first.address, first.family)
  })
}

/** An IPv4 address written as IPv6 is judged as what it is. */
function isForbidden(address: string) {
  return forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
