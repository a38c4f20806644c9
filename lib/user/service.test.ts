import { adminsOnly, describeService, open, signedIn } from '@/lib/action/service-testing'

const publicPermissions = ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION']
const keyPermissions = ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION']

/** §2.3 and §8; what Usher adds is optional and stands behind the contract's own parameters. */
describeService('user', {
  add: { parameters: ['user'], permission: ['ADMIN_USER_ADD'], ...adminsOnly },
  addFromBulkUpload: {
    parameters: ['fileData', 'bulkUploadData?', 'bulkUploadUserData?', 'requestId?'],
    permission: ['CONTENT_INGEST_BULK_UPLOAD', 'ADMIN_USER_BULK', 'CONTENT_INGEST_UPLOAD', 'BASE_USER_SESSION_PERMISSION'],
    ...signedIn,
  },
  checkLoginDataExists: { parameters: ['filter'], permission: ['ADMIN_PUBLISHER_MANAGE'], ...adminsOnly },
  delete: { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
  disableLogin: { parameters: ['userId?', 'loginId?'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  enableLogin: { parameters: ['userId', 'loginId', 'password?'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  exportToCsv: {
    parameters: ['filter?', 'metadataProfileId?', 'additionalFields?', 'mappedFields?', 'options?', 'requestId?'],
    permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'CAPTURE_DEVICE_PERMISSION'],
    ...adminsOnly,
  },
  generateQrCode: { parameters: ['hashKey'], permission: keyPermissions, ...open },
  get: {
    parameters: ['userId?'],
    permission: ['ADMIN_BASE', 'KMC_READ_ONLY', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
    anonymous: false,
    user: true,
    admin: true,
  },
  getByLoginId: { parameters: ['loginId'], permission: ['ADMIN_BASE', 'KMC_READ_ONLY'], ...adminsOnly },
  index: { parameters: ['id', 'shouldUpdate=true'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
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
  loginByKs: { parameters: ['requestedPartnerId'], permission: ['ADMIN_BASE', 'KMC_ACCESS'], ...adminsOnly },
  loginByLoginId: {
    parameters: ['loginId', 'password', 'partnerId?', 'expiry=86400', 'privileges=*', 'otp?'],
    permission: publicPermissions,
    ...open,
  },
  loginDataResetPassword: { parameters: ['loginDataId', 'newPassword'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  notifyBan: { parameters: ['userId'], permission: ['ADMIN_BASE'], ...adminsOnly },
  resetPassword: { parameters: ['email', 'linkType=1'], permission: publicPermissions, ...open },
  setInitialPassword: { parameters: ['hashKey', 'newPassword'], permission: keyPermissions, ...open },
  serveCsv: { parameters: ['id'], permission: ['BASE_USER_SESSION_PERMISSION'], ...signedIn },
  update: {
    parameters: ['userId', 'user', 'version?', 'blockReason?', 'blockedUntil?'],
    permission: ['ADMIN_USER_UPDATE'],
    ...adminsOnly,
  },
  updateLoginData: {
    parameters: ['oldLoginId', 'password', 'newLoginId=', 'newPassword=', 'newFirstName?', 'newLastName?', 'otp?'],
    permission: ['ADMIN_USER_UPDATE', ...keyPermissions],
    ...open,
  },
  validateHashKey: { parameters: ['hashKey'], permission: keyPermissions, ...open },
  demoteAdmin: { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
  restore: { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
  acceptInvitation: { parameters: ['hashKey', 'password', 'otp?'], permission: publicPermissions, ...open },
  unlock: { parameters: ['userId'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  resetSecondFactor: { parameters: ['userId'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
})
