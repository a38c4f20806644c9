import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { ksOf, newAccount, startWire } from '@/lib/testing'

process.env.UPLOAD_LIMIT_MB = '2'
freshDatabase()

let wire: Awaited<ReturnType<typeof startWire>>
let ks: string
beforeAll(async () => {
  ks = await ksOf(await newAccount())
  wire = await startWire()
})
afterAll(() => wire.stop())

const big = 10_000_000
const json = 'Content-Type: application/json'
const upload = 'Content-Type: multipart/form-data; boundary=b'
const field = (size: number) => `--b\r\nContent-Disposition: form-data; name="partnerData"\r\n\r\n${'x'.repeat(size)}\r\n--b--`
const file = (size: number) =>
  `--b\r\nContent-Disposition: form-data; name="fileData"; filename="a.csv"\r\n\r\n${'x'.repeat(size)}\r\n--b--`
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`

const bodies: [what: string, args: string, headers: string[], body: string][] = [
  ['a long body', '"body"', [json, `Content-Length: ${big}`], 'x'.repeat(big)],
  ['a long body of unknown length', '"body"', [json, 'Transfer-Encoding: chunked'], chunked('x'.repeat(big))],
  ['a long field', '"body"', [upload, `Content-Length: ${field(big).length}`], field(big)],
  ['a large file', '"fileData"', [upload, `Content-Length: ${file(big).length}`], file(big)],
  ['a large file of unknown length', '"fileData"', [upload, 'Transfer-Encoding: chunked'], chunked(file(big))],
]

it.each(bodies)(
  'I08 a client that sends %s to its end before it reads is told that %s is too long',
  async (_what, name, headers, body) => {
    const answer = await sendThenRead(headers, body)
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
    expect(answer).toContain('"code":"PROPERTY_VALIDATION_MAX_LENGTH"')
    expect(answer).toContain(`"PROP_NAME":${name}`)
    expect(answer).toMatch(/\r\nConnection: close\r\n/)
    expect((await fetch(`${wire.url}/api_v3/?format=1`)).status).toBe(200)
  },
)

/** Reads nothing before the last byte is gone, as blocking clients do. */
function sendThenRead(headers: string[], body: string) {
  return new Promise<string>((resolve, reject) => {
    const { hostname, port } = new URL(wire.url)
    const socket = connect(Number(port), hostname)
    let answer = ''
    socket.setEncoding('utf8').on('error', reject)
    socket.on('end', () => resolve(answer))
    socket.pause()
    const head = [`POST /api_v3/service/user/action/add?format=1&ks=${ks} HTTP/1.1`, 'Host: usher.test', ...headers].join('\r\n')
    socket.write(`${head}\r\n\r\n`)
    socket.write(body, () => {
      socket.on('data', (part) => {
        answer += part
      })
      socket.resume()
    })
  })
}
