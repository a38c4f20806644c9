import { adminsOnly, describeService, signedIn } from '@/lib/action/service-testing'

const exporters = ['ADMIN_BASE', 'ACCOUNT_BASE', 'CAPTURE_DEVICE_PERMISSION']

/** §2.3, §8.19; the last three are Usher's own. */
describeService('exportcsv', {
  serveCsv: { parameters: ['id'], permission: ['BASE_USER_SESSION_PERMISSION'], ...signedIn },
  list: { parameters: ['beforeKey?', 'pageSize=30'], permission: exporters, ...adminsOnly },
  abort: { parameters: ['id'], permission: exporters, ...adminsOnly },
  renewLink: { parameters: ['id'], permission: exporters, ...adminsOnly },
})
