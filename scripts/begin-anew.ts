/**
 * Before each file of tests: files share a worker, so what Usher keeps for the whole process is forgotten, and the environment is
 * again the one that the worker began with.
 */
const place = globalThis as { [name: symbol]: unknown }
const first = Symbol.for('tests.environment')

place[first] ??= { ...process.env }
for (const name of Object.keys(process.env)) delete process.env[name]
Object.assign(process.env, place[first])

for (const name of Object.getOwnPropertySymbols(place)) {
  if (Symbol.keyFor(name)?.startsWith('usher.')) delete place[name]
}

export {}
