import type { Named, Value } from '../form-values'
import { type Call, filePlaceholder, flat, ksPlaceholder, unprintable } from './call'
import { isPlugin, officialParameters } from './official-calls'
import { nameGiver, type Write, writeArguments } from './statements'

/** For Kaltura's own client of PHP. */
export function toPhp(call: Call) {
  return `<?php
require_once 'KalturaClient.php';

$config = new KalturaConfiguration();
$config->serviceUrl = ${phpText(call.serverUrl)};
$client = new KalturaClient($config);
${call.needsSession ? `$client->setKs('${ksPlaceholder}');\n` : ''}
${statements(call).join('\n')}
print_r($result);
`
}

function statements(call: Call): string[] {
  const { service, action, sent } = call
  const parameters = isPlugin(service) ? null : officialParameters({ service, action, given: sent.map(([name]) => name) })
  if (!parameters) return generalCall(call)
  const { lines, values } = writeArguments(parameters, sent, writer())
  return [...lines, `$result = $client->${service}->${method(action)}(${values.join(', ')});`]
}

const method = (action: string) => (['list', 'clone'].includes(action) ? `${action}Action` : action)

function generalCall({ service, action, sent }: Call) {
  const put = flat(sent).map(([name, value]) => `$params[${phpText(name)}] = ${scalar(value)};`)
  return [
    '$params = array();',
    ...put,
    `$client->queueServiceActionCall(${phpText(service)}, ${phpText(action)}, $params);`,
    '$result = $client->doQueue();',
  ]
}

function writer(): Write {
  const newName = nameGiver(['client', 'config', 'result', 'params'])
  return {
    omitted: 'null',
    value(name, value, lines) {
      return written(name, value)

      function written(hint: string, inner: Value): string {
        if (inner.kind === 'plain') return scalar(inner.value)
        if (inner.kind === 'file') return phpText(filePlaceholder)
        if (inner.kind === 'list') return `array(${inner.items.map((item) => written(`${hint}Item`, item)).join(', ')})`
        return inner.type ? object(hint, inner.type, inner.fields) : associative(hint, inner.fields)
      }

      function object(hint: string, type: string, fields: Named[]) {
        const variable = `$${newName(hint)}`
        const set = fields.map(([field, inner]) => `${variable}->${property(field)} = ${written(field, inner)};`)
        lines.push(`${variable} = new ${type}();`, ...set)
        return variable
      }

      function associative(hint: string, fields: Named[]) {
        return `array(${fields.map(([field, inner]) => `${phpText(field)} => ${written(hint, inner)}`).join(', ')})`
      }
    },
  }
}

const property = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `{${phpText(name)}}`)

function scalar(value: string | number | boolean | null) {
  return typeof value === 'string' ? phpText(value) : String(value)
}

/** In double quotes, where a dollar would begin a variable; on one line, of printable characters alone. */
function phpText(text: string) {
  const marked = text.toWellFormed().replace(/["\\$]/g, '\\$&')
  return `"${marked.replace(unprintable, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)}"`
}
