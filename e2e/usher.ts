import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

type Fields = Record<string, string | number | boolean>
type Answer = { ok: true; data: unknown } | { ok: false; error: { message: string } }

let operator: { process: ChildProcess; answers: AsyncIterator<string> } | undefined
let last: Promise<unknown> = Promise.resolve()

/** An action of the command line, as operator; one after the other. */
export function usher<T>(action: string, fields: Fields): Promise<T> {
  const answer = last.then(() =>
    ask([action, ...Object.entries(fields).flatMap(([name, value]) => [`--${name}`, String(value)])]),
  )
  last = answer.catch(() => {})
  return answer as Promise<T>
}

async function ask(words: string[]) {
  operator ??= start()
  operator.process.stdin?.write(`${JSON.stringify(words)}\n`)
  const { value, done } = await operator.answers.next()
  if (done) throw new Error('The operator ended')
  const answer = JSON.parse(value) as Answer
  if (!answer.ok) throw new Error(`${words[0]}: ${answer.error.message}`)
  return answer.data
}

/** One for all commands, as starting takes longer than most of them. It ends with this process, whose end of the pipe closes then. */
function start() {
  const child = spawn('npm', ['run', '-s', 'usher', '--', 'batch'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'warn' },
  })
  const lines = createInterface({ input: child.stdout })
  return { process: child, answers: lines[Symbol.asyncIterator]() }
}
