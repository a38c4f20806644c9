import { type IncomingHttpHeaders, request } from 'node:http'

export type Sent = { method?: string; headers?: Record<string, string>; body?: string }
export type Received = { status: number; headers: IncomingHttpHeaders; text: string }

/**
 * Sends this path as it is, which browsers put in order first, with headers that browsers send for nobody, on a connection of its own.
 * Follows nothing.
 */
export function ask(address = '', path = '/', { method = 'GET', headers = {}, body }: Sent = {}) {
  const { hostname, port } = new URL(address)
  return new Promise<Received>((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
      answer.on('error', reject)
    })
    sent.on('error', reject).end(body)
  })
}

/** The answers to many, some at a time. */
export async function askAll<T>(questions: T[], answer: (question: T) => Promise<unknown>) {
  const waiting = questions.values()
  const one = async () => {
    for (const question of waiting) await answer(question)
  }
  await Promise.all(Array.from({ length: 6 }, one))
}
