import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { toXml } from './to-xml'

const xmlOf = (data: unknown) => toXml({ data }, 0)
const parser = new XMLParser({ parseTagValue: false, trimValues: false })

it('I17 writes XML that can be read whatever a text holds, without what XML cannot carry', () => {
  for (let code = 0; code < 0x20; code++) {
    const text = xmlOf({ name: `a${String.fromCharCode(code)}b` })
    expect(XMLValidator.validate(text), `U+${code.toString(16)}`).toBe(true)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
  }
  for (const text of [
    ']]>',
    '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
    '<?xml?>',
    '<script xmlns="http://www.w3.org/1999/xhtml"/>',
    '&#0;',
  ])
    expect(parser.parse(xmlOf({ name: text })).xml.result.name).toBe(text)
  expect(xmlOf({ name: 'a\ud800\ufffeb' })).toContain('<name>a\ufffdb</name>')
})
