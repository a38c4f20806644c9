import { spawn } from 'node:child_process'
import { node } from './install.mjs'
import { root } from './root.mjs'

/** Runs a script of ours on the Node that came with the packages, and ends as it ends. */
export function follow(...args) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // Nobody may be left to pass a signal on: whoever killed npm wants the port back.
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && child.kill(), 1_000).unref()
  child.on('exit', (status, signal) => process.exit(signal ? 1 : status))
}
