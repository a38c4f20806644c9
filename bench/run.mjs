import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../scripts/root.mjs'
import { cases } from './cases.mjs'
import { measure } from './load.mjs'
import { startProduct } from './product.mjs'
import { startReference } from './reference.mjs'
import { report } from './report.mjs'

/**
 * How fast: Usher beside a raw handler on a copy of the same file, in one run on the loopback address. Several sizes of one run tell
 * what grows with the number of people.
 */
const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const sizes = values.users.split(',').map(Number)
const seconds = Number(values.seconds)
if (![...sizes, seconds].every((number) => Number.isInteger(number) && number > 0)) {
  console.error('Usage: npm run bench -- [--users 100000[,1000000]] [--seconds 4] [--only get,list] [--write]')
  process.exit(1)
}
const chosen = cases.filter(({ name }) => !values.only || values.only.split(',').includes(name))

const runs = []
for (const users of sizes) runs.push(await benchmark(users))
const text = report(runs, seconds)
console.log(text)
if (values.write) writeFileSync(join(root, 'docs/performance.md'), text)

/** One size: loads the people, then measures each case on both, one after the other. */
async function benchmark(users) {
  console.error(`Loading ${users.toLocaleString('en')} people …`)
  const product = await startProduct(users)
  const reference = await startReference(product.file).catch(async (error) => {
    await product.stop()
    throw error
  })
  try {
    const rows = []
    for (const one of chosen) rows.push(await compare(one, product, reference))
    return { users, rows, memory: { product: product.peakMemory(), reference: reference.peakMemory() } }
  } finally {
    await reference.stop()
    await product.stop()
  }
}

async function compare(one, product, reference) {
  console.error(`  ${one.name} …`)
  const row = { name: one.name, aim: one.aim }
  for (const connections of [1, 10]) {
    const load = { connections, seconds }
    row[connections] = {
      product: await measure({ ...load, url: product.url, request: one.product(product) }),
      reference: await measure({ ...load, url: reference.url, request: one.reference(product) }),
    }
  }
  return row
}
