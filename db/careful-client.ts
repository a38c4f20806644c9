import { Client } from 'pg'

/** A connection that ends itself once it is of no use: its server answers no more, or takes no changes any more, as after a failover (R33). */
export class CarefulClient extends Client {
  // The driver has many forms of this method; Drizzle calls the one that answers a promise.
  override query = ((...args: Parameters<Client['query']>) => {
    const answer: unknown = super.query(...args)
    if (answer instanceof Promise) answer.catch((error) => isUseless(error) && this.#cut())
    return answer
  }) as Client['query']

  /** In good order it could not end: that waits for its server. The pool opens another one in its place. */
  #cut() {
    const { connection } = this as unknown as { connection: { stream: { destroy(): void } } }
    connection.stream.destroy()
  }
}

const isUseless = ({ code, message }: Error & { code?: string }) => code === '25006' || message === 'Query read timeout'
