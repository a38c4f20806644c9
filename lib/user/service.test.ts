import { adminsOnly, describeService, open } from '@/lib/action/service-testing'

const publicPermissions = ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION']

/** §2.3 and §8; what Usher adds is optional and stands behind the contract's own parameters. */
describeService('user', {
  add: { parameters: ['user'], permission: ['ADMIN_USER_ADD'], ...adminsOnly },
  delete: { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
  get: {
    parameters: ['userId?'],
    permission: ['ADMIN_BASE', 'KMC_READ_ONLY', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
    anonymous: false,
    user: true,
    admin: true,
  },
  list: {
    parameters: ['filter?', 'pager?'],
    permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'EP_BASE', 'CAPTURE_DEVICE_PERMISSION', 'WEBCAST_PRODUCER_PERMISSION'],
    ...adminsOnly,
  },
  login: {
    parameters: ['partnerId', 'userId', 'password', 'expiry=86400', 'privileges=*'],
    permission: publicPermissions,
    ...open,
  },
  loginByLoginId: {
    parameters: ['loginId', 'password', 'partnerId?', 'expiry=86400', 'privileges=*', 'otp?'],
    permission: publicPermissions,
    ...open,
  },
  update: {
    parameters: ['userId', 'user', 'version?', 'blockReason?', 'blockedUntil?'],
    permission: ['ADMIN_USER_UPDATE'],
    ...adminsOnly,
  },
  restore: { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
})
