import type { Named, Value } from '../form-values'
import { type Call, filePlaceholder, ksPlaceholder, quoted } from './call'
import { javaScriptService, officialParameters } from './official-calls'

/** For Kaltura's own client of Node, `kaltura-client`. */
export function toJavaScript(call: Call) {
  return `import kaltura from 'kaltura-client'

const config = new kaltura.Configuration()
config.serviceUrl = ${quoted(call.serverUrl)}
const client = new kaltura.Client(config)
${call.needsSession ? `client.setKs('${ksPlaceholder}')\n` : ''}
const result = await ${request(call)}.execute(client)
console.log(result)
`
}

function request({ service, action, sent }: Call) {
  const parameters = officialParameters({ service, action, given: sent.map(([name]) => name) })
  if (!parameters) return `new kaltura.RequestBuilder(${quoted(service)}, ${quoted(action)}, ${map(sent, '')})`
  return `kaltura.services.${javaScriptService(service)}.${method(action)}(${positional(parameters, sent).join(', ')})`
}

/** Words of the language itself cannot be methods of the client. */
const method = (action: string) => (['list', 'delete', 'clone'].includes(action) ? `${action}Action` : action)

function positional(parameters: string[], sent: Named[]) {
  const given = new Map(sent)
  const last = parameters.findLastIndex((name) => given.has(name))
  return parameters.slice(0, last + 1).map((name) => {
    const value = given.get(name)
    return value ? literal(value, '') : 'undefined'
  })
}

function literal(value: Value, indent: string): string {
  if (value.kind === 'plain') return typeof value.value === 'string' ? quoted(value.value) : String(value.value)
  if (value.kind === 'file') return quoted(filePlaceholder)
  if (value.kind === 'list') return `[${value.items.map((item) => literal(item, indent)).join(', ')}]`
  const fields = map(value.fields, indent)
  return value.type?.startsWith('Kaltura') ? `new kaltura.objects.${value.type.slice('Kaltura'.length)}(${fields})` : fields
}

function map(fields: Named[], indent: string) {
  if (fields.length === 0) return '{}'
  const inner = `${indent}  `
  const lines = fields.map(([name, value]) => `${inner}${key(name)}: ${literal(value, inner)},\n`)
  return `{\n${lines.join('')}${indent}}`
}

/** `__proto__` written plainly, or in quotes, would be no field. */
function key(name: string) {
  if (name === '__proto__') return `[${quoted(name)}]`
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)
}
