import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import kaltura from 'kaltura-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { grantsOf } from '@/lib/action/permissions'
import { describeApi } from '@/lib/explorer/describe-api'
import { ksOf, newAccount, startWire } from '@/lib/testing'
import type { Values } from '../explorer-view'
import { readForm, toJson, withPlaceholders } from '../form-values'
import type { Call } from './call'
import { toCurl } from './curl'
import { toJavaScript } from './javascript'
import { javaScriptService, officialNames, officialParameters } from './official-calls'
import { toPhp } from './php'
import { toPython } from './python'

freshDatabase()

const { services, types } = describeApi(grantsOf(['*']))

function callOf(name: string, values: Values, serverUrl = 'https://usher.example'): Call {
  const [service = '', action = ''] = name.split('.')
  const doc = services.find((one) => one.name === service)?.actions.find((one) => one.name === action)
  if (!doc) throw new Error(`No action ${name}`)
  const shown = withPlaceholders(doc.parameters, types, values)
  return {
    serverUrl,
    service,
    action,
    needsSession: doc.audience === 'partner',
    sent: readForm(doc.parameters, types, shown).sent,
  }
}

/** What people type, paste, or are tricked into pasting. */
const hostile = [
  `'; touch /tmp/owned; '`,
  '"; touch /tmp/owned; "',
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  `\${HOME} $HOME {$x} %PATH% !! !-1 !$`,
  'two\nlines\r\nand\ta tab',
  'ends with a backslash \\',
  "\\' \\\" \\\\' \\u0027 \\x27",
  '@/etc/passwd',
  '<?php ?> */ // # --',
  '\'\'\' """',
  '\u0003rm -rf ~\u001b[201~\u0004',
  '\u202eevil\u2066 \u2028 \u2029 \u0085 \u007f \u0000 \ufeff',
  '😀 Ünïcödé 高橋 \u{e0041}',
  '{1:result:id}',
]

const anything = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\'"\\$`!\n\r{}()') }),
)

/** The words that a shell would hand to curl; the shell's own word list is the judge. */
function wordsOf(command: string) {
  const script = `curl() { for word in "$@"; do printf '%s\\036' "$word"; done; }\n${command}\n`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\u001e').slice(0, -1)
}

describe('copied for curl', () => {
  it('reads as a person would write it', () => {
    expect(toCurl(callOf('user.list', { 'pager.pageSize': '5', 'filter.statusEqual': '1' }))).toBe(
      `curl 'https://usher.example/api_v3/service/user/action/list' \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"ks":"YOUR_KS","format":1,"filter":{"statusEqual":1},"pager":{"pageSize":5}}'`,
    )
  })

  it.each(hostile)('O01 hands %j to curl and executes nothing', (value) => {
    const words = wordsOf(toCurl(callOf('user.get', { userId: value })))
    expect(words.slice(0, 4)).toEqual([
      'https://usher.example/api_v3/service/user/action/get',
      '-H',
      'Content-Type: application/json',
      '--data-raw',
    ])
    expect(words).toHaveLength(5)
    expect(JSON.parse(words[4] ?? '')).toEqual({ ks: 'YOUR_KS', format: 1, userId: value })
  })

  it('O01 holds nothing that can end the quotes, or that a terminal obeys while it is pasted', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const command = toCurl(callOf('user.get', { userId: value }))
        const json = command.slice(command.indexOf("--data-raw '") + 12, -1)
        expect(json).not.toMatch(/['!\p{C}\p{Zl}\p{Zp}]|\\(?!u[0-9a-f]{4})/u)
        expect(JSON.parse(json).userId).toBe(value)
      }),
      { numRuns: 500 },
    )
  })

  it('O01 cannot be led astray by an address of the server', () => {
    const [address] = wordsOf(toCurl(callOf('user.get', {}, "https://usher.example/it's!$(id)")))
    expect(address).toBe('https://usher.example/it%27s%21$(id)/api_v3/service/user/action/get')
  })
})

describe('copied for the other languages', () => {
  const call = callOf('user.update', {
    userId: "O'Brien",
    'user.firstName': '$name',
    'user.gender': '2',
    'user.isAdmin': 'false',
  })

  it('has the shape of the official client of JavaScript', () => {
    expect(toJavaScript(call)).toBe(`import kaltura from 'kaltura-client'

const config = new kaltura.Configuration()
config.serviceUrl = "https://usher.example"
const client = new kaltura.Client(config)
client.setKs('YOUR_KS')

const result = await kaltura.services.user.update("O'Brien", new kaltura.objects.User({
  firstName: "$name",
  gender: 2,
  isAdmin: false,
})).execute(client)
console.log(result)
`)
  })

  it('has the shape of the official client of PHP', () => {
    expect(toPhp(call)).toBe(`<?php
require_once 'KalturaClient.php';

$config = new KalturaConfiguration();
$config->serviceUrl = "https://usher.example";
$client = new KalturaClient($config);
$client->setKs('YOUR_KS');

$user = new KalturaUser();
$user->firstName = "\\$name";
$user->gender = 2;
$user->isAdmin = false;

$result = $client->user->update("O'Brien", $user);
print_r($result);
`)
  })

  it('has the shape of the official client of Python', () => {
    expect(toPython(call)).toBe(`from KalturaClient import *
from KalturaClient.Base import *
from KalturaClient.Plugins.Core import *

config = KalturaConfiguration()
config.serviceUrl = "https://usher.example"
client = KalturaClient(config)
client.setKs("YOUR_KS")

user = KalturaUser()
user.firstName = "$name"
user.gender = 2
user.isAdmin = False

result = client.user.update("O'Brien", user)
print(result)
`)
  })

  it('leaves out what stands before a given parameter as each client does, and names Usher’s own calls generally', () => {
    const list = callOf('user.list', { 'pager.pageSize': '5' })
    expect(toJavaScript(list)).toContain('user.listAction(undefined, new kaltura.objects.FilterPager(')
    expect(toPhp(list)).toContain('$client->user->listAction(null, $pager);')
    expect(toPython(list)).toContain('client.user.list(NotImplemented, pager)')

    const own = callOf('audit.list', { 'filter.userId': 'ada', pageSize: '5' })
    expect(toJavaScript(own)).toContain('new kaltura.RequestBuilder("audit", "list", {')
    expect(toPhp(own)).toContain(
      '$params["filter:userId"] = "ada";\n$params["pageSize"] = 5;\n$client->queueServiceActionCall("audit", "list", $params);',
    )
    expect(toPython(own)).toContain('params.put("filter:userId", "ada")\nparams.put("pageSize", 5)\n')
    expect(toPhp(callOf('user.update', { userId: 'ada', version: '3' }))).toContain('$params["version"] = 3;')
  })

  it('S12 writes down no secret, and asks for no session where none is needed', () => {
    const login = callOf('user.loginByLoginId', { loginId: 'ada@usher.example', password: 'Velvet-rope 27', otp: '123456' })
    for (const write of [toCurl, toJavaScript, toPhp, toPython]) {
      expect(write(login)).not.toMatch(/Velvet|123456|YOUR_KS/)
      expect(write(login)).toMatch(/YOUR_PASSWORD[\s\S]*YOUR_OTP/)
    }
  })

  it('O01 keeps every value within its quotes, on one line', () => {
    fc.assert(
      fc.property(anything, (value) => {
        for (const [write, own] of [
          [toJavaScript, /\$(?=name)/],
          [toPhp, /(?<!\\)(?:\\\\)*\$/],
          [toPython, /(?!)/],
        ] as const) {
          const lines = write(callOf('user.get', { userId: value })).split('\n')
          const line = lines.find((one) => one.includes('user.get(') || one.includes('user->get(')) ?? ''
          const text = /get\((".*")\)/.exec(line)?.[1] ?? ''
          expect(text.slice(1, -1), line).not.toMatch(/(?<!\\)(?:\\\\)*"|[\p{C}\p{Zl}\p{Zp}]/u)
          expect(text.slice(1, -1), line).not.toMatch(own)
          expect(lines.length).toBe(write(callOf('user.get', { userId: 'x' })).split('\n').length)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('O01 keeps names within their quotes that were typed as JSON', () => {
    const name = `a"]; system('id'); $x["\n${'`'}`
    const sent = callOf('user.add', { 'user.id': 'ada', 'user.capabilities': JSON.stringify([{ capability: '0', [name]: 1 }]) })
    expect(toPhp(sent)).toContain(`->{"a\\"]; system('id'); \\$x[\\"\\u{a}\`"} = 1;`)
    expect(toPython(sent)).toContain(`setattr(capabilitiesItem, "a\\"]; system('id'); $x[\\"\\n\`", 1)`)
    expect(toJavaScript(sent)).toContain(`"a\\"]; system('id'); $x[\\"\\n\`": 1,`)
  })
})

describe('what was copied, run', () => {
  let wire: Awaited<ReturnType<typeof startWire>>
  let ks: string

  beforeAll(async () => {
    wire = await startWire()
    ks = await ksOf(await newAccount())
  })
  afterAll(() => wire.stop())

  /** The copied program, its client silent and its session a real one. */
  async function run(call: Call) {
    const program = toJavaScript(call)
      .replace(/^import .*\n/, '')
      .replace('YOUR_KS', ks)
      .replace('new kaltura.Client(config)', 'new kaltura.Client(silent(config))')
      .replace('console.log(result)', 'return result')
    const silent = (config: InstanceType<typeof kaltura.Configuration>) => {
      config.setLogger({ log() {}, debug() {}, error() {} })
      return config
    }
    const AsyncFunction = (async () => {}).constructor as new (...code: string[]) => (...values: unknown[]) => Promise<unknown>
    return new AsyncFunction('kaltura', 'silent', program)(kaltura, silent)
  }

  it('does with the official client what the form says', async () => {
    const add = callOf('user.add', { 'user.id': 'ada', 'user.description': hostile.slice(0, 7).join(' ') }, wire.url)
    expect(await run(add)).toMatchObject({ id: 'ada', description: hostile.slice(0, 7).join(' ') })
    const list = callOf('user.list', { 'filter.idEqual': 'ada', 'pager.pageSize': '1' }, wire.url)
    expect(await run(list)).toMatchObject({ totalCount: 1 })
    expect(await run(callOf('audit.list', { 'filter.userId': 'ada' }, wire.url))).toMatchObject({
      objects: [{ action: 'user.add' }],
    })
  })
})

describe('the official client', () => {
  it('has every method that is copied, with these parameters', () => {
    for (const name of officialNames) {
      const [service = '', action = ''] = name.split('.')
      const parameters = officialParameters({ service, action, given: [] }) ?? []
      expect([name, ...(clientCalls.get(name) ?? [])]).toEqual([name, ...parameters])
    }
  })

  it('has no method for an action that is copied in the general way', () => {
    const names = services.flatMap((service) => service.actions.map(({ name }) => `${service.name}.${name}`.toLowerCase()))
    const own = names.filter((name) => !officialNames.includes(name))
    expect(own.filter((name) => clientCalls.has(name))).toEqual([])
  })

  it('is called by the names of its services', () => {
    for (const { name, actions } of services) {
      const isKnown = actions.some((action) => officialParameters({ service: name, action: action.name, given: [] }))
      if (isKnown) expect(Object.keys(kaltura.services)).toContain(javaScriptService(name))
    }
  })
})

/** What the client of Node can call: name on the wire → parameters. */
const clientCalls = new Map(
  Object.values(kaltura.services as Record<string, object>).flatMap((service) =>
    Object.getOwnPropertyNames(service)
      .map((method) => (service as Record<string, unknown>)[method])
      .filter((method) => typeof method === 'function')
      .map((method) => {
        const {
          service: name,
          action,
          data,
          files,
        } = method() as { service: string; action: string; data: object; files?: object }
        return [`${name}.${action}`.toLowerCase(), parametersOf(String(method), { ...data, ...files })] as const
      }),
  ),
)

function parametersOf(source: string, named: object) {
  const order = source.slice(source.indexOf('(') + 1, source.indexOf(')'))
  const names = order.split(',').map((parameter) => parameter.split('=')[0]?.trim() ?? '')
  return names.filter((name) => name in named)
}

it('reads numbers, words and lists as JSON carries them', () => {
  const doc = services.find(({ name }) => name === 'user')?.actions.find(({ name }) => name === 'add')
  const read = (values: Values) => readForm(doc?.parameters ?? [], types, values)
  expect(toJson(read({ 'user.id': 'ada', 'user.status': '1', 'user.capabilities': '[{"capability":"0"}]' }).sent)).toEqual({
    user: { id: 'ada', status: 1, capabilities: [{ capability: '0' }] },
  })
  expect(toJson(read({ 'user.id': 'ada', 'user.objectType': 'KalturaAdminUser' }).sent)).toEqual({
    user: { objectType: 'KalturaAdminUser', id: 'ada' },
  })
  expect(read({ 'user.dateOfBirth': '12e3', 'user.capabilities': '{}', 'user.status': '9' }).problems).toEqual({
    'user.dateOfBirth': 'notANumber',
    'user.capabilities': 'notAList',
    'user.status': 'notAChoice',
  })
})
