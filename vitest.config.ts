import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What takes long begins first, so that no worker is left with it at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isLong = ({ moduleId }: TestSpecification) => /\.(fuzz|kill|slow)\.test\.ts$/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: here('./') },
      // Outside of the framework's bundler the marker of server files throws; here everything is the server.
      { find: /^server-only$/, replacement: here('./node_modules/server-only/empty.js') },
    ],
  },
  test: {
    environment: 'node',
    include: ['{app,components,db,lib,scripts}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // Loading the product costs more than most files' tests: a worker loads it once, and every core works.
    isolate: false,
    maxWorkers: '100%',
    sequence: { sequencer: LongFirst },
    setupFiles: [here('./scripts/begin-anew.ts')],
    env: {
      // Nothing of a test lands in the data folder of whoever runs it.
      DATA_DIR: join(tmpdir(), `usher-vitest-${process.pid}`),
      AUTH_SECRET: 'a secret that only the tests know of',
      LOG_LEVEL: process.env.LOG_LEVEL || 'silent',
    },
    // What a busy machine does late is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000, interval: 20 } },
  },
})
