import type { Named, Value } from '../form-values'
import { type Call, escapeOf, filePlaceholder, flat, ksPlaceholder, quoted } from './call'
import { isPlugin, officialParameters } from './official-calls'
import { nameGiver, type Write, writeArguments } from './statements'

/** For Kaltura's own client of Python, `KalturaApiClient`. */
export function toPython(call: Call) {
  return `from KalturaClient import *
from KalturaClient.Base import *
from KalturaClient.Plugins.Core import *

config = KalturaConfiguration()
config.serviceUrl = ${pythonText(call.serverUrl)}
client = KalturaClient(config)
${call.needsSession ? `client.setKs("${ksPlaceholder}")\n` : ''}
${statements(call).join('\n')}
print(result)
`
}

function statements(call: Call): string[] {
  const { service, action, sent } = call
  const parameters = isPlugin(service) ? null : officialParameters({ service, action, given: sent.map(([name]) => name) })
  if (!parameters) return generalCall(call)
  const { lines, values } = writeArguments(parameters, sent, writer())
  return [...lines, `result = client.${service}.${action}(${values.join(', ')})`]
}

function generalCall({ service, action, sent }: Call) {
  const put = flat(sent).map(([name, value]) => `params.put(${pythonText(name)}, ${formValue(value)})`)
  return [
    'params = KalturaParams()',
    ...put,
    `client.queueServiceActionCall(${pythonText(service)}, ${pythonText(action)}, None, params)`,
    'result = client.doQueue()',
  ]
}

/** The client writes what it is given as text, and `False` is no word of the wire. */
const formValue = (value: string | number | boolean) => (typeof value === 'boolean' ? String(Number(value)) : scalar(value))

function writer(): Write {
  const newName = nameGiver(['client', 'config', 'result', 'params'])
  return {
    omitted: 'NotImplemented',
    value(name, value, lines) {
      return written(name, value)

      function written(hint: string, inner: Value): string {
        if (inner.kind === 'plain') return scalar(inner.value)
        if (inner.kind === 'file') return `open(${pythonText(filePlaceholder)}, "rb")`
        if (inner.kind === 'list') return `[${inner.items.map((item) => written(`${hint}Item`, item)).join(', ')}]`
        return inner.type ? object(hint, inner.type, inner.fields) : dictionary(hint, inner.fields)
      }

      function object(hint: string, type: string, fields: Named[]) {
        const variable = newName(hint)
        const set = fields.map(([field, inner]) => assignment(variable, field, written(field, inner)))
        lines.push(`${variable} = ${type}()`, ...set)
        return variable
      }

      function dictionary(hint: string, fields: Named[]) {
        return `{${fields.map(([field, inner]) => `${pythonText(field)}: ${written(hint, inner)}`).join(', ')}}`
      }
    },
  }
}

function assignment(variable: string, field: string, value: string) {
  return /^[A-Za-z_]\w*$/.test(field) ? `${variable}.${field} = ${value}` : `setattr(${variable}, ${pythonText(field)}, ${value})`
}

function scalar(value: string | number | boolean | null) {
  if (typeof value === 'string') return pythonText(value)
  return value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value)
}

/** Python reads the escapes of JSON, but for characters beyond 16 bits. */
const pythonText = (text: string) =>
  quoted(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : escapeOf(sign)
  })
