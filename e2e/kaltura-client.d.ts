/** The part of the official client that the tests use; it brings no types of its own. */
declare module 'kaltura-client' {
  type Builder = { execute(client: Client): Promise<unknown> }
  // What the service expects is what the tests find out.
  type Call = (...values: unknown[]) => Builder

  class Configuration {
    serviceUrl: string
    setLogger(logger: object): void
  }
  class Client {
    constructor(config: Configuration)
    setKs(ks: string): void
    setPartnerId(partnerId: number): void
  }
  class RequestBuilder {
    constructor(service: string, action: string, data: object, files?: object)
    add(next: RequestBuilder): RequestBuilder
    execute(client: Client): Promise<unknown>
  }
  type Model = new (values: object) => object

  const kaltura: {
    Configuration: typeof Configuration
    Client: typeof Client
    RequestBuilder: typeof RequestBuilder
    services: Record<'user' | 'session', Record<string, Call>>
    objects: Record<'User' | 'UserFilter' | 'FilterPager', Model>
    enums: { SessionType: { USER: 0; ADMIN: 2 }; UserStatus: { BLOCKED: 0; ACTIVE: 1; DELETED: 2 } }
  }
  export default kaltura
  export type { Client }
}
