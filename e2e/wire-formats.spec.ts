import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import kaltura from 'kaltura-client'
import { unserialize } from 'php-serialize'
import { usher } from './usher'
import { type Account, clientOf, ksVersion2, user } from './wire-client'

/** The same answers in JSON, XML and PHP's serialisation, as programs of other languages ask for them: with a form. */
let account: Account
let address: string

test.beforeAll(async ({ baseURL }) => {
  address = baseURL ?? ''
  const owner = { adminEmail: `${randomUUID()}@formats.example`, adminPassword: 'A-printed-lantern-5' }
  account = await usher<Account>('partner.create', { name: 'Formats', ...owner })
  const grace = new kaltura.objects.User({ id: 'grace', firstName: 'Grace & "Co"', lastName: 'Öz', tags: '' })
  await user.add(grace).execute(clientOf(address, ksVersion2(account)))
})

/** Few fields, of every kind, and one that is null. */
const few = { 'responseProfile:type': '1', 'responseProfile:fields': 'id,firstName,lastName,city,tags,status,isAdmin' }

const get = { service: 'user', action: 'get', userId: 'grace', ...few }
const answers: Record<string, Record<string, string>> = {
  user: get,
  list: { service: 'user', action: 'list', 'filter:idEqual': 'grace', ...few },
  error: { service: 'user', action: 'add', 'user:id': 'grace' },
  multirequest: {
    service: 'multirequest',
    ...numbered(1, { service: 'system', action: 'ping' }),
    ...numbered(2, get),
    ...numbered(3, { service: 'user', action: 'get', userId: 'nobody' }),
  },
}

const person = {
  objectType: 'KalturaUser',
  id: 'grace',
  firstName: 'Grace & "Co"',
  lastName: 'Öz',
  tags: '',
  status: 1,
  isAdmin: false,
}
const taken = 'The user id "grace" is taken. Choose another, or open the existing user.'
const unknown = { code: 'INVALID_USER_ID', message: 'There is no such user.', objectType: 'KalturaAPIException', args: [] }

const inJson: Record<string, unknown> = {
  user: person,
  list: { objectType: 'KalturaUserListResponse', totalCount: 1, objects: [person] },
  error: { code: 'DUPLICATE_USER_BY_ID', message: taken, objectType: 'KalturaAPIException', args: { UID: 'grace' } },
  multirequest: [true, person, unknown],
}

const personXml =
  '<objectType>KalturaUser</objectType><id>grace</id><firstName>Grace &amp; &quot;Co&quot;</firstName><lastName>Öz</lastName>' +
  '<tags></tags><city></city><status>1</status><isAdmin>0</isAdmin>'
const unknownXml =
  '<error><code>INVALID_USER_ID</code><message>There is no such user.</message><objectType>KalturaAPIException</objectType>' +
  '<args></args></error>'

const inXml: Record<string, string> = {
  user: personXml,
  list: `<objectType>KalturaUserListResponse</objectType><totalCount>1</totalCount><objects><item>${personXml}</item></objects>`,
  error:
    `<error><code>DUPLICATE_USER_BY_ID</code><message>${taken.replaceAll('"', '&quot;')}</message>` +
    '<objectType>KalturaAPIException</objectType><args><item><objectType>KalturaApiExceptionArg</objectType><name>UID</name>' +
    '<value>grace</value></item></args></error>',
  multirequest: `<item>1</item><item>${personXml}</item><item>${unknownXml}</item>`,
}

test.describe('B5 formats', () => {
  for (const [name, fields] of Object.entries(answers)) {
    test(`${name} in JSON`, async () => {
      const { type, text } = await ask({ ...fields, format: '1' })
      expect(type).toBe('application/json')
      expect(JSON.parse(text)).toEqual(inJson[name])
    })

    test(`${name} in XML, which is what comes without a format`, async () => {
      const { type, text } = await ask(fields)
      expect(type).toMatch(/^text\/xml/)
      expect(XMLValidator.validate(text)).toBe(true)
      const [, result, seconds] =
        /^<\?xml version="1.0" encoding="utf-8"\?><xml><result>(.*)<\/result><executionTime>([\d.]+)<\/executionTime><\/xml>$/s.exec(
          text,
        ) ?? []
      expect(result).toBe(inXml[name])
      expect(Number(seconds)).toBeLessThan(60)
    })

    test(`${name} in PHP`, async () => {
      const { type, text } = await ask({ ...fields, format: '3' })
      expect(type).toBe('application/vnd.php.serialized')
      for (const read of readersOfPhp(text)) expect(read).toEqual(inJson[name])
    })
  }

  test('XML is read by a parser as it was meant, without the empty fields where that is asked for', async () => {
    const { text } = await ask({ ...get, ignoreNull: '1' })
    const { xml } = new XMLParser({ parseTagValue: false, processEntities: true }).parse(text)
    expect(xml.result).toEqual({ ...person, status: '1', isAdmin: '0' })
  })
})

function numbered(index: number, fields: Record<string, string>) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${index}:${name}`, value]))
}

async function ask(fields: Record<string, string>) {
  const body = new URLSearchParams({ ks: ksVersion2(account), ...fields })
  const response = await fetch(`${address}/api_v3/index.php`, { method: 'POST', body })
  expect(response.status).toBe(200)
  return { type: response.headers.get('content-type') ?? '', text: await response.text() }
}

/** As PHP itself reads it where there is one, and as another reader does. */
function readersOfPhp(text: string): unknown[] {
  const script = 'echo json_encode(unserialize(stream_get_contents(STDIN), ["allowed_classes" => false]), JSON_THROW_ON_ERROR);'
  const php = spawnSync('php', ['-r', script], { input: text, encoding: 'utf8' })
  return php.error ? [unserialize(text)] : [unserialize(text), JSON.parse(php.stdout)]
}
