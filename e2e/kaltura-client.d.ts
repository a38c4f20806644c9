/** The part of the official client that the tests use; it brings no types of its own. */
declare module 'kaltura-client' {
  // What the service expects is what the tests find out.
  type Call = (...values: unknown[]) => RequestBuilder
  type Service<N extends string> = Record<N, Call>

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
  type Model = new (values?: object) => object

  const kaltura: {
    Configuration: typeof Configuration
    Client: typeof Client
    RequestBuilder: typeof RequestBuilder
    services: {
      user: Service<
        | 'add'
        | 'addFromBulkUpload'
        | 'checkLoginDataExists'
        | 'deleteAction'
        | 'demoteAdmin'
        | 'disableLogin'
        | 'enableLogin'
        | 'exportToCsv'
        | 'generateQrCode'
        | 'get'
        | 'getByLoginId'
        | 'index'
        | 'listAction'
        | 'login'
        | 'loginByKs'
        | 'loginByLoginId'
        | 'loginDataResetPassword'
        | 'notifyBan'
        | 'resetPassword'
        | 'serveCsv'
        | 'setInitialPassword'
        | 'update'
        | 'updateLoginData'
        | 'validateHashKey'
      >
      session: Service<'start' | 'get' | 'end' | 'impersonate' | 'startWidgetSession'>
      userRole: Service<'add' | 'get' | 'listAction' | 'update' | 'deleteAction' | 'cloneAction'>
      permission: Service<'listAction'>
      appToken: Service<'add' | 'get' | 'listAction' | 'update' | 'deleteAction' | 'startSession'>
      partner: Service<'get' | 'getInfo' | 'listAction' | 'listPartnersForUser'>
      group: Service<'add' | 'get' | 'listAction' | 'update' | 'deleteAction'>
      groupUser: Service<'add' | 'listAction' | 'deleteAction' | 'sync'>
      bulk: Service<'get' | 'listAction' | 'abort'>
      bulkUpload: Service<'get' | 'listAction' | 'abort'>
      exportcsv: Service<'serveCsv'>
      system: Service<'ping' | 'getTime' | 'getVersion'>
    }
    objects: Record<
      | 'User'
      | 'UserFilter'
      | 'UserLoginDataFilter'
      | 'UserRole'
      | 'UserRoleFilter'
      | 'PermissionFilter'
      | 'AppToken'
      | 'AppTokenFilter'
      | 'PartnerFilter'
      | 'Group'
      | 'GroupFilter'
      | 'GroupUser'
      | 'GroupUserFilter'
      | 'FilterPager',
      Model
    >
    enums: { SessionType: { USER: 0; ADMIN: 2 }; UserStatus: { BLOCKED: 0; ACTIVE: 1; DELETED: 2 } }
  }
  export default kaltura
  export type { Client, RequestBuilder }
}
