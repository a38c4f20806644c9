import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { smtpServer } from './smtp'

/** For tests: a mail server of their own. */

export type Arrived = { from: string; to: string[]; isSecure: boolean; user: string | undefined; raw: string; mail: ParsedMail }

/** A real mail server on this machine; `options` say how it misbehaves. */
export async function startSink(options: SMTPServerOptions = {}, port = 0) {
  const arrived: Arrived[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disableReverseLookup: true,
    ...(options.secure === undefined && !options.key && { disabledCommands: ['STARTTLS'] }),
    onConnect: (_session, done) => {
      connections++
      done()
    },
    onData: (stream, { envelope, secure, user }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', async () => {
        const raw = Buffer.concat(parts)
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        arrived.push({ from, to, isSecure: secure, user, raw: raw.toString('latin1'), mail: await simpleParser(raw) })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const { port: given } = listening.address() as AddressInfo
  return {
    arrived,
    port: given,
    connections: () => connections,
    server: smtpServer(`smtp://127.0.0.1:${given}`),
    /** The same, for a sender without patience. */
    hasty: smtpServer(`smtp://127.0.0.1:${given}`, quickLimits),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** Milliseconds; nobody waits for the limits of a real server in a test. */
export const quickLimits = { connect: 2_000, greeting: 300, idle: 300, total: 900 }

/** Of mail.example.com, signed by itself, good for a century and for nothing but these tests. */
export const certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQge2eMeZ+CV20FwnXn
q3JT3gICJ10kxaLNAWyp53UblJ2hRANCAASJntECQUq9Kxk6RNkf/liw5ebEnoYK
vcPtAvePgxoUtcrhis+jIQIhNWMEH2/RzsOIXM6VrJfudUFx6OKYVT9O
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBdTCCARygAwIBAgIBATAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBtYWlsLmV4
YW1wbGUuY29tMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAbMRkw
FwYDVQQDDBBtYWlsLmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
QgAEiZ7RAkFKvSsZOkTZH/5YsOXmxJ6GCr3D7QL3j4MaFLXK4YrPoyECITVjBB9v
0c7DiFzOlayX7nVBcejimFU/TqNPME0wGwYDVR0RBBQwEoIQbWFpbC5leGFtcGxl
LmNvbTAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBTTZdVNkoVLXkk5uzDbsK7A
q4wWlzAKBggqhkjOPQQDAgNHADBEAiAnbI6HXL1Z2nLblMz2flqycSUVqSybp04V
QWSU8gQ6gAIgBgnAb7dbDtUWILH0LP0y4BUA/5z/+XNRF3yh7EaxAmE=
-----END CERTIFICATE-----`,
}
