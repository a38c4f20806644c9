import { cpus } from 'node:os'

/** The table, as Markdown. */
export function report(runs, seconds) {
  const parts = runs.map(({ users, rows, memory }) =>
    [
      `## ${users.toLocaleString('en')} people`,
      '',
      '| | Usher, 1 connection | p50 · p99 ms | Usher, 10 connections | p50 · p99 ms | reference, 10 connections | ratio at 1 | ratio at 10 | aim |',
      '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
      ...rows.map(line),
      '',
      `Peak memory: Usher ${megabytes(memory.product)}, reference ${megabytes(memory.reference)}.`,
    ].join('\n'),
  )
  return `${[heading(seconds), ...parts, ...growth(runs)].join('\n\n')}\n`
}

const heading = (seconds) => `# How fast

Requests per second of the built product, and of a raw reference in the same run: \`node:http\` and prepared statements on a copy of the
same file, which reads the body and checks nothing. Each line was measured for ${seconds} s on the loopback address, with the sender on the
same machine (${cpus().length} cores, Node ${process.versions.node}). Only the ratios mean something elsewhere. Made by \`npm run bench -- --write\`;
[what a call costs](decisions/0017-what-a-call-costs.md) says why aims are missed.`

function line({ name, aim, 1: one, 10: ten }) {
  const cells = [
    name,
    perSecond(one.product),
    times(one.product),
    perSecond(ten.product),
    times(ten.product),
    perSecond(ten.reference),
    shown(ratio(one)),
    shown(ratio(ten)),
    `≥ ${aim}`,
  ]
  return `| ${cells.join(' | ')} |`
}

/** Where one of the two answered nothing in time there is no ratio. */
const shown = (number) => (Number.isFinite(number) ? number.toFixed(2) : 'none')

const ratio = ({ product, reference }) => product.perSecond / reference.perSecond
const perSecond = ({ perSecond: rate }) => Math.round(rate).toLocaleString('en')
const times = ({ p50, p99 }) => `${p50} · ${p99}`
const megabytes = (bytes) => (bytes === null ? 'not told by this system' : `${Math.round(bytes / 2 ** 20)} MB`)

/** What the largest size costs against the smallest. */
function growth(runs) {
  if (runs.length < 2) return []
  const [few, many] = [runs[0], runs.at(-1)]
  const rows = few.rows.map((row, at) => {
    const factor = (row_) => row_[10].product.perSecond
    return `| ${row.name} | ${shown(factor(row) / factor(many.rows[at]))} |`
  })
  return [
    `## From ${few.users.toLocaleString('en')} to ${many.users.toLocaleString('en')} people\n\nTime a request takes, times so much (the aim is at most 1.3):\n\n| | × |\n|---|---:|\n${rows.join('\n')}`,
  ]
}
