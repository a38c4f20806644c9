import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** For tests: bytes that the program holds on to, garbage aside. What other tests of the process left behind does not grow meanwhile. */
export function heldMemory() {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
