import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project, whatever the current one is. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The environment for installing and building: a NODE_ENV from outside would leave out packages or build for development. */
export function withoutNodeEnv() {
  const { NODE_ENV: _, ...env } = process.env
  return { ...env, NEXT_TELEMETRY_DISABLED: '1', PATH: `${root}/node_modules/.bin${delimiter}${process.env.PATH}` }
}
