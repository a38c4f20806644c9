import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** A project of two packages that each have a script for installing. Only `node` needs its own. */

const folder = mkdtempSync(join(tmpdir(), 'usher-install-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (path: string, content: object) => writeFileSync(join(folder, path), JSON.stringify(content))

function addPackage(name: string) {
  mkdirSync(join(folder, name, 'bin'), { recursive: true })
  // Once it is installed it stands before the real one in the path, and npm runs on it.
  writeFileSync(join(folder, name, 'bin/start'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`)
  write(`${name}/package.json`, {
    name,
    version: '1.0.0',
    bin: { [name]: 'bin/start' },
    scripts: { postinstall: 'echo > script-ran' },
  })
}

beforeAll(() => {
  writeFileSync(join(folder, '.npmrc'), 'install-links=true')
  for (const script of ['install.mjs', 'root.mjs']) cpSync(`scripts/${script}`, join(folder, 'scripts', script))
  for (const name of ['node', 'curious']) addPackage(name)
  const dependencies = { curious: 'file:curious', node: 'file:node' }
  // So that no version of npm stops them by itself.
  const allowScripts = { curious: true, node: true }
  write('package.json', { name: 'project', version: '1.0.0', dependencies, allowScripts })
  const entries = ['curious', 'node'].map((name) => [
    `node_modules/${name}`,
    { version: '1.0.0', resolved: `file:${name}`, hasInstallScript: true, bin: { [name]: 'bin/start' } },
  ])
  const packages = { '': { name: 'project', version: '1.0.0', dependencies }, ...Object.fromEntries(entries) }
  write('package-lock.json', { name: 'project', version: '1.0.0', lockfileVersion: 3, requires: true, packages })
})

/** Installs the project as every command of ours begins. */
function install() {
  const text = `import(${JSON.stringify(join(folder, 'scripts/install.mjs'))}).then((it) => it.ensureInstalled())`
  return spawnSync(process.execPath, ['-e', text], { encoding: 'utf8' })
}

it('P03 runs the script of a package that is named, and no other', () => {
  const { status, stderr } = install()
  expect(status, stderr).toBe(0)
  expect(existsSync(join(folder, 'node_modules/node/script-ran'))).toBe(true)
  expect(existsSync(join(folder, 'node_modules/curious/script-ran'))).toBe(false)
})

it('P02 installs nothing when the lock says something else than what is asked for', () => {
  rmSync(join(folder, 'node_modules'), { recursive: true })
  write('package.json', { name: 'project', version: '1.0.0', dependencies: { curious: 'file:curious', other: 'file:node' } })
  const { status, stderr } = install()
  expect(stderr).toContain('npm ci failed')
  expect(status).not.toBe(0)
  expect(existsSync(join(folder, 'node_modules'))).toBe(false)
})
