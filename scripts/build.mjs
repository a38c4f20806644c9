import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { node } from './install.mjs'
import { root, withoutNodeEnv } from './root.mjs'
import { writeSbom } from './sbom.mjs'

/** What a build is made from. */
const sources = [
  'app',
  'components',
  'db',
  'lib',
  'public',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'next.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const stamp = join(root, '.next', 'built-from')

/** Builds the pages, unless the build there is of these very sources. Throws when that fails. */
export function ensureBuilt() {
  const wanted = hashOf(sources)
  if (isBuiltFrom(wanted)) return
  console.log('Building …')
  rmSync(stamp, { force: true })
  const next = join(root, 'node_modules/next/dist/bin/next')
  const { status, stdout, stderr } = spawnSync(node, [next, 'build'], {
    cwd: root,
    env: withoutNodeEnv(),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`${stdout}${stderr}\nThe build failed: see above.`)
  writeSbom()
  writeFileSync(stamp, wanted)
}

export function isBuilt() {
  return isBuiltFrom(hashOf(sources))
}

function isBuiltFrom(hash) {
  return existsSync(stamp) && existsSync(join(root, '.next', 'BUILD_ID')) && readFileSync(stamp, 'utf8') === hash
}

/** By content: the times of a clone's files mean nothing. */
function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow))
    hash
      .update(`${path}\n`)
      .update(readFileSync(join(root, path)))
      .update('\n')
  return hash.digest('hex')
}

function filesBelow(path) {
  const place = join(root, path)
  if (!existsSync(place) || /\.test\.tsx?$/.test(path)) return []
  if (!statSync(place).isDirectory()) return [path]
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(`${path}/${name}`))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    ensureBuilt()
    console.log('Built.')
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
