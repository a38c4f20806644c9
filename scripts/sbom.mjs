import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askNpm } from './install.mjs'
import { root } from './root.mjs'

/** Packages that Next carries compiled inside it, which the lock does not know. */
const compiled = join(root, 'node_modules/next/dist/compiled')

/** Writes what the product is made of into `.next/sbom.json` (CycloneDX). An npm older than 10.2 cannot tell, which stops nothing. */
export function writeSbom() {
  const text = askNpm('sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only')
  if (!text) return console.error('npm 10.2 or newer would write down what the build is made of, into .next/sbom.json.')
  const sbom = withoutTools(JSON.parse(text))
  // npm calls it by the folder that it is in.
  sbom.metadata.component.name = 'usher'
  sbom.components.find(({ name }) => name === 'next').components = namesIn(compiled).map(describe)
  writeFileSync(join(root, '.next/sbom.json'), JSON.stringify(sbom, null, 2))
}

/** By our own hand: with `--omit=dev` npm leaves out whatever a tool needs, though the product needs it, too. */
function withoutTools(sbom) {
  const isTool = ({ properties }) => properties.some(({ name }) => name === 'cdx:npm:package:development')
  const tools = new Set(sbom.components.filter(isTool).map((component) => component['bom-ref']))
  const isKept = (ref) => !tools.has(ref)
  return {
    ...sbom,
    components: sbom.components.filter((component) => isKept(component['bom-ref'])),
    dependencies: sbom.dependencies
      .filter(({ ref }) => isKept(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isKept) })),
  }
}

function namesIn(folder) {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  )
}

/** Some say no version of theirs, and some no licence. */
function describe(name) {
  const file = join(compiled, name, 'package.json')
  const { version = versionOfReact(name), license } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return {
    type: 'library',
    'bom-ref': `next/dist/compiled/${name}`,
    name,
    ...(version && { version }),
    ...(license && { licenses: [{ license: { id: license } }] }),
  }
}

/** The parts of React name only the release of all of them, in their code. */
function versionOfReact(name) {
  const folder = join(compiled, name, 'cjs')
  const programs = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.production.js')) : []
  for (const program of programs) {
    const [version] = /\d+\.\d+\.\d+-(canary|experimental)-[\w-]+/.exec(readFileSync(join(folder, program), 'utf8')) ?? []
    if (version) return version
  }
}
