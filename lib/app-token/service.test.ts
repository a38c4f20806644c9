import { adminsOnly, describeService, signedIn } from '@/lib/action/service-testing'

describeService('appToken', {
  add: { parameters: ['appToken'], permission: ['APP_TOKEN_ADD'], ...adminsOnly },
  get: { parameters: ['id'], permission: ['APP_TOKEN_GET'], ...adminsOnly },
  list: { parameters: ['filter?', 'pager?'], permission: ['APP_TOKEN_LIST'], ...adminsOnly },
  update: { parameters: ['id', 'appToken'], permission: ['APP_TOKEN_UPDATE'], ...adminsOnly },
  delete: { parameters: ['id'], permission: ['APP_TOKEN_DELETE'], ...adminsOnly },
  startSession: {
    parameters: ['id', 'tokenHash', 'userId?', 'type?', 'expiry?', 'sessionPrivileges?'],
    permission: ['BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
    ...signedIn,
  },
})
