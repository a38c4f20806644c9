import 'server-only'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Shorter answers fit into one packet as they are. */
const worthIt = 1024

/** Fast rather than small: an answer is made once and read once. */
const encoders = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 5 }),
}

type Encoding = keyof typeof encoders

/** A longer answer in an encoding that the client takes, made off the event loop. `accepted` is its `Accept-Encoding`. */
export async function compressed(
  body: string,
  accepted: string | null,
): Promise<{ body: string | Uint8Array<ArrayBuffer>; encoding?: Encoding }> {
  const encoding = body.length < worthIt ? undefined : bestOf(accepted)
  return encoding ? { body: await encoders[encoding](Buffer.from(body)), encoding } : { body }
}

/** Brotli before gzip; what a client gives the weight 0 it does not take. */
function bestOf(accepted: string | null): Encoding | undefined {
  if (!accepted) return undefined
  const takes = new Set<string>()
  for (const item of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim())
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) takes.add(name)
  }
  return takes.has('br') ? 'br' : takes.has('gzip') ? 'gzip' : undefined
}
